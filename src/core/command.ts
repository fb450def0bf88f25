import type { Mac } from './action.ts';
import type { Archive } from './archive.ts';
import type { Reply } from './card.ts';
import type { Calendar, Inbox, Telemetry } from './chat-ports.ts';
import type { Expected } from './drift.ts';
import type { Person } from './person.ts';
import type { ImageSource, TrackSource } from './ports.ts';
import type { ReadPhotoDependencies } from './read-photo.ts';
import type { Call, Plain, PlatformName, Request } from './request.ts';
import type { ServiceRecords } from './service-records.ts';
import type { Store } from './store.ts';
import type { Language } from './types.ts';

/**
 * What a person can ask. Yields what to answer, each card in place of the one before. Throws UserError, which the person
 * is told, and whatever its ports throw.
 */
export type Command<C extends Call = Call> = (
  call: C,
  context: CommandContext,
  dependencies: CommandDependencies,
) => AsyncGenerator<Reply, void>;

export interface CommandContext {
  readonly request: Request;
  /** The asker's. */
  readonly language: Language;
  /** When it was accepted, milliseconds since 1970. */
  readonly acceptedAt: number;
  /** For a result that this answer makes: the same at every attempt. */
  readonly resultId: string;
  readonly signal: AbortSignal;
}

export interface CommandDependencies extends ReadPhotoDependencies {
  /** Of the platform that the request came from. */
  readonly imageSource: ImageSource<Plain>;
  readonly store: Store;
  readonly archive: Archive;
  readonly records: ServiceRecords;
  readonly inbox: Pick<Inbox, 'requestsOf'>;
  /** The asker. */
  readonly person: Person;
  /** Anybody, by the platform's id of them. */
  personOf(platform: PlatformName, id: string): Person;
  /** Whether the asker runs the bot, and nobody else reads along. */
  readonly isAdmin: boolean;
  /** Where results and preferences are. */
  readonly storedIn: 'here' | 'aws';
  readonly trackSource: TrackSource;
  readonly calendar: Calendar;
  /** Checks buttons' data. */
  readonly mac: Mac;
  readonly model: ModelFacts;
  readonly telemetry: Telemetry;
  /** As Platform has it. */
  readonly showsPhoto: boolean;
  /** Whether the asker may change what holds for the whole chat. */
  mayManage(): Promise<boolean>;
}

export interface ModelFacts {
  readonly version: string;
  readonly backbone: string;
  /** Share of the validation pictures that it names right, 0 … 1. */
  readonly accuracy: number;
  /** What it says of those pictures. */
  readonly predicted: Expected;
}
