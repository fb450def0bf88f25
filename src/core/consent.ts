import { CONSENT_VERSION } from '../languages/consent-version.ts';
import type { Archive } from './archive.ts';
import type { KeptRecord } from './kept-photo.ts';
import { keyOf } from './person.ts';
import type { Request, VibeCall } from './request.ts';
import type { Store } from './store.ts';
import type { StoredResult } from './stored-result.ts';

export interface ConsentDependencies {
  readonly store: Pick<Store, 'choice' | 'setChoice'>;
  readonly archive: Pick<Archive, 'usual'>;
}

/**
 * On whose word the photos of a request are kept; null: they are not. A photo is its sender's to give: what somebody asks
 * about another one's photo says nothing about that one's will.
 */
export async function consentTo(
  { sender }: Pick<VibeCall, 'sender'>,
  { platform, asker }: Pick<Request, 'platform' | 'asker'>,
  { store, archive }: ConsentDependencies,
): Promise<KeptRecord['consent'] | null> {
  if (archive.usual === 'off' || sender === undefined) return null;
  const choice = await store.choice(keyOf({ platform, id: sender }));
  if (choice?.keep === false) return null;
  if (choice?.keep && sender === asker.id) return { basis: 'person', version: choice.version };
  return archive.usual === 'keep' ? { basis: 'operator', version: CONSENT_VERSION } : null;
}

/** Whether the asker may be asked under this answer: in the first one that they get alone they are. */
export function mayBeAsked(
  { sender }: Pick<VibeCall, 'sender'>,
  { asker, chat }: Pick<Request, 'asker' | 'chat'>,
  { archive }: Pick<ConsentDependencies, 'archive'>,
): boolean {
  return archive.usual === 'ask' && !chat.shared && sender === asker.id;
}

/** Whether a stored answer has the question, still without a reply. */
export async function isAsked(
  { id, platform, owner, chat }: Pick<StoredResult, 'id' | 'platform' | 'owner' | 'chat'>,
  { store, archive }: ConsentDependencies,
): Promise<boolean> {
  if (archive.usual !== 'ask' || chat.shared) return false;
  const choice = await store.choice(keyOf({ platform, id: owner }));
  return choice !== null && choice.keep === null && choice.resultId === id;
}
