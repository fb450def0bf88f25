import { runCommand } from '../../commands/index.ts';
import { LANGUAGES } from '../languages/languages.ts';
import type { FollowUp, Reply } from './card.ts';
import type { Log, Platform } from './chat-ports.ts';
import type { CommandContext, CommandDependencies } from './command.ts';
import type { Delivery } from './delivery.ts';
import { languageOf } from './language-of.ts';
import { OutletError } from './outlet-error.ts';
import { presentError } from './present-error.ts';
import type { Request } from './request.ts';
import { StorageError } from './storage-error.ts';
import { textCard } from './text-card.ts';
import type { Language } from './types.ts';
import { UserError } from './user-error.ts';

export type Outcome =
  /** `result`: 'ok', or the code of the UserError that was told. */
  | { readonly kind: 'answered'; readonly result: string }
  /** The platform asks for a pause, or gives no picture now: the job goes back as if it had not been tried. */
  | { readonly kind: 'later'; readonly afterMs: number }
  /** There will be no answer, or only an apology. */
  | { readonly kind: 'failed'; readonly reason: 'gone' | 'bug' };

export interface AnswerRequestDependencies
  extends Omit<CommandDependencies, 'imageSource' | 'showsPhoto' | 'mayManage' | 'person' | 'isAdmin'> {
  /** As CommandDependencies has it. */
  isAdmin(request: Request): boolean;
  readonly defaultLanguage: Language;
  readonly log: Log;
}

export interface AnswerRequestJob {
  readonly request: Request;
  /** Milliseconds since 1970. */
  readonly acceptedAt: number;
  readonly resultId: string;
  readonly platform: Platform;
  readonly delivery: Delivery;
  /** Accepts a request beneath the answer; resolves when that is written down. */
  follow(followUp: FollowUp): Promise<void>;
}

/** Runs the request's command and shows what it yields. Throws StorageError and the signal's reason: the job is to be tried again. */
export async function answerRequest(
  job: AnswerRequestJob,
  dependencies: AnswerRequestDependencies,
  signal: AbortSignal,
): Promise<Outcome> {
  const { request, acceptedAt, resultId, platform, delivery } = job;
  const { outlet, imageSource, showsPhoto } = platform;
  const language = await languageOf(request, dependencies.store, dependencies.defaultLanguage);
  const context: CommandContext = { request, language, acceptedAt, resultId, signal };
  const mayManage = () => outlet.mayManage(request, signal);
  try {
    for await (const reply of runCommand(request.call, context, {
      ...dependencies,
      imageSource,
      showsPhoto,
      mayManage,
      person: dependencies.personOf(request.platform, request.asker.id),
      isAdmin: dependencies.isAdmin(request),
    })) {
      await give(reply, job, signal);
    }
    await delivery.finish();
    return { kind: 'answered', result: 'ok' };
  } catch (error) {
    signal.throwIfAborted();
    return outcomeOfFailure(error, language, job, dependencies, signal);
  }
}

async function outcomeOfFailure(
  error: unknown,
  language: Language,
  job: AnswerRequestJob,
  dependencies: AnswerRequestDependencies,
  signal: AbortSignal,
): Promise<Outcome> {
  const { request, delivery } = job;
  const { log, telemetry } = dependencies;
  if (error instanceof OutletError) {
    if (error.failure.kind !== 'unfetched') return outcomeOf(error);
    const afterMs = pauseUnfetched(job, dependencies.calendar());
    if (afterMs !== null) {
      log.warn('a picture could not be fetched', { platform: request.platform, afterMs });
      return { kind: 'later', afterMs };
    }
    const isGone = new UserError('picture-gone', {}, { cause: error });
    return outcomeOfFailure(isGone, language, job, dependencies, signal);
  }
  if (error instanceof StorageError) {
    await delivery.finish().catch(() => {}); // what was on its way is not posted twice
    throw error;
  }
  if (!(error instanceof UserError)) log.error('a request failed', { command: request.call.command, error });
  telemetry.count({ name: 'errors', kind: error instanceof UserError ? error.code : 'bug' });
  const told = await tell(presentError(error, language), language, job, dependencies, signal);
  if (told.kind !== 'answered') return told;
  return error instanceof UserError
    ? { kind: 'answered', result: error.code }
    : { kind: 'failed', reason: 'bug' };
}

/** How long a platform may hand out no picture before its sender is asked for it again. */
const MOST_UNFETCHED_MS = 60 * 60_000;
const LEAST_PAUSE_MS = 5000;
const LONGEST_PAUSE_MS = 2 * 60_000;

/** As long again as it waits already; null: it has waited long enough, or there would be no answering any more. */
function pauseUnfetched({ request: { answerBy }, acceptedAt }: AnswerRequestJob, now: number): number | null {
  const age = now - acceptedAt;
  const pauseMs = Math.min(Math.max(age, LEAST_PAUSE_MS), LONGEST_PAUSE_MS);
  const isLate = answerBy !== null && now + pauseMs >= answerBy;
  return age > MOST_UNFETCHED_MS || isLate ? null : pauseMs;
}

async function give(
  reply: Reply,
  { request, platform: { outlet }, delivery, follow }: AnswerRequestJob,
  signal: AbortSignal,
): Promise<void> {
  switch (reply.kind) {
    case 'card':
      return delivery.show(reply);
    case 'toast':
      return outlet.toast(request, reply, signal);
    case 'publication':
      return outlet.publish(request, reply, signal);
    case 'follow-up':
      return follow(reply);
    case 'finds':
      return outlet.offer(request, reply, signal);
  }
}

/** In passing where a button was pressed, else as the answer; a search and what nobody asked for have no place for it. */
export async function tell(
  text: string,
  language: Language,
  { request, platform: { outlet }, delivery }: Omit<AnswerRequestJob, 'resultId' | 'acceptedAt' | 'follow'>,
  { log }: Pick<AnswerRequestDependencies, 'log'>,
  signal: AbortSignal,
): Promise<Outcome> {
  const { call } = request;
  const { command } = call;
  const inPassing = command === 'press' || (command === 'refuse' && call.inPassing);
  try {
    if (inPassing) await outlet.toast(request, { kind: 'toast', text }, signal);
    else if (command === 'search')
      await outlet.offer(
        request,
        { kind: 'finds', language, finds: [], hint: LANGUAGES[language].chat.search.hint },
        signal,
      );
    else if (command !== 'shared' && command !== 'tracks') {
      delivery.show(textCard(language, '', [text]));
      await delivery.finish();
    }
    return { kind: 'answered', result: 'told' };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof OutletError) return outcomeOf(error);
    if (error instanceof StorageError) throw error;
    log.error('an error could not be told', { command, error });
    return { kind: 'failed', reason: 'bug' };
  }
}

/** How long to leave a platform alone after a post that it may have shown twice. */
const UNSURE_PAUSE_MS = 5000;

function outcomeOf({ failure }: OutletError): Outcome {
  switch (failure.kind) {
    case 'gone':
      return { kind: 'failed', reason: 'gone' };
    case 'later':
      return { kind: 'later', afterMs: failure.afterMs };
    case 'unsure':
    case 'unfetched':
      return { kind: 'later', afterMs: UNSURE_PAUSE_MS };
  }
}
