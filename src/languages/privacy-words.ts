import type { Archive } from '../core/archive.ts';
import type { PlatformName } from '../core/request.ts';

/** What is kept of people, and what they can do about it. A change of meaning needs a new CONSENT_VERSION. */
export interface PrivacyWords {
  /** Under the first answer: whether photos may be kept, one line. */
  readonly ask: Readonly<Record<PlatformName, string>>;
  readonly buttons: { readonly keep: string; readonly drop: string };
  /** Said on the button once it is chosen. */
  readonly toasts: { readonly kept: string; readonly dropped: string };
  readonly title: string;
  readonly results: Part & { text(storedIn: 'here' | 'aws'): string };
  readonly counts: Part & { readonly text: string };
  /** Where a service outside is shown photos. */
  readonly words: Part & { readonly text: string };
  readonly photos: Part & { text(usual: Archive['usual'], platform: PlatformName): string };
  /** The same in one sentence. */
  readonly inShort: Readonly<Record<Archive['usual'], string>>;
  readonly you: Part & { text(counted: Counted): string };
  /** `keeps`: whether the asker's photos are kept now; `chosen`: they said so themselves. */
  choice(keeps: boolean, chosen: boolean): string;
  /** What else can be asked for. */
  readonly commands: string;
  readonly export: {
    readonly title: string;
    readonly text: string;
    /** In place of the file, where it cannot be sent. */
    readonly label: string;
  };
  readonly forget: {
    readonly title: string;
    /** What was kept here is deleted. */
    readonly here: string;
    /** In place of the others, where nothing can be deleted just now. */
    readonly begun: string;
    /** Photos that come later are kept again, unless they say no. */
    readonly keepsOn: string;
    /** The archive is still to be cleared. */
    readonly archiveToo: string;
    /** Nothing is left anywhere. */
    readonly all: string;
  };
}

interface Part {
  readonly heading: string;
}

/** How many there are of the asker just now. */
export interface Counted {
  readonly results: number;
  readonly votes: number;
  readonly predictions: number;
  /** Photos that were kept, and those of them that are still on their way. */
  readonly kept: number;
  readonly waiting: number;
}
