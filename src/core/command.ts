import type { Mac } from './action.ts';
import type { Reply } from './card.ts';
import type { Calendar, Store, Telemetry } from './chat-ports.ts';
import type { ImageSource, TrackSource } from './ports.ts';
import type { ReadPhotoDependencies } from './read-photo.ts';
import type { Call, Plain, Request } from './request.ts';
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
  /** For a result that this answer makes: the same at every attempt. */
  readonly resultId: string;
  readonly signal: AbortSignal;
}

export interface CommandDependencies extends ReadPhotoDependencies {
  /** Of the platform that the request came from. */
  readonly imageSource: ImageSource<Plain>;
  readonly store: Store;
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
}
