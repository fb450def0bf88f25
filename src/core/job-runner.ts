import { LANGUAGES } from '../languages/languages.ts';
import { acceptFollowUp } from './accept-follow-up.ts';
import { type AnswerRequestDependencies, answerRequest, type Outcome, tell } from './answer-request.ts';
import type { FollowUp } from './card.ts';
import type { Accepted, Inbox, Job, Platform, Sleep } from './chat-ports.ts';
import { Delivery } from './delivery.ts';
import { languageOf } from './language-of.ts';
import { mergeRequests } from './merge-requests.ts';
import { MessageTurns } from './message-turns.ts';
import type { Clock } from './ports.ts';
import type { Call, PlatformName, Request } from './request.ts';
import { showWorking } from './show-working.ts';
import { StorageError } from './storage-error.ts';
import { textCard } from './text-card.ts';
import { writeAtLast } from './write-at-last.ts';

export interface JobRunnerDependencies extends AnswerRequestDependencies {
  readonly inbox: Inbox;
  /** A platform that is missing has its jobs kept. */
  readonly platforms: Partial<Readonly<Record<PlatformName, Platform>>>;
  /** A result's id from its job's key. */
  resultId(key: string): string;
  readonly clock: Clock;
  readonly sleep: Sleep;
}

const MAX_ATTEMPTS = 3;
/** Of the program, while a job was in hand: no more than a guess at what ends it, for others were in hand beside it. */
const MAX_DEATHS = 100;
/** What is to be done even where the platform takes no answer any more. */
const DEEDS: readonly Call['command'][] = ['forget', 'language', 'press'];
const DAY_MS = 24 * 3600 * 1000;
/** While the platform's token is missing. */
const PLATFORM_PAUSE_MS = 60_000;
/** After the disk refused a write. */
const DISK_PAUSE_MS = 2000;

/** Answers one job at a time and writes down in the inbox what came of it. `signal`: the program stops; `wake`: there is a further job. */
export class JobRunner {
  readonly #dependencies: JobRunnerDependencies;
  readonly #signal: AbortSignal;
  readonly #wake: () => void;
  readonly #deliveries = new Map<number, Delivery>();
  /** What to call once a job's answer is shown, and only its words are still to come. */
  readonly #places = new Map<number, () => void>();
  readonly #turns: MessageTurns;

  constructor(dependencies: JobRunnerDependencies, signal: AbortSignal, wake: () => void) {
    this.#dependencies = dependencies;
    this.#signal = signal;
    this.#wake = wake;
    this.#turns = new MessageTurns(dependencies);
  }

  /** Never rejects. `freePlace` is called when what is left of the job is waiting for others. */
  async run(job: Job, freePlace: () => void): Promise<void> {
    const { inbox, platforms, calendar, clock, telemetry, log } = this.#dependencies;
    const request = mergeRequests(job.requests);
    if (!request) return this.#write(() => inbox.done(job.id));
    const platform = platforms[request.platform];
    if (!platform) {
      return this.#write(() => inbox.release(job.id, calendar() + PLATFORM_PAUSE_MS, true));
    }
    telemetry.time('wait', calendar() - job.acceptedAt);
    const began = clock();
    this.#places.set(job.id, freePlace);
    try {
      await this.#close(job, request, await this.#answer(job, request, platform));
    } catch (error) {
      // stopped in the middle, or nothing can be written down now: from the start again
      const { aborted: stopped } = this.#signal;
      if (!stopped) log.error('a job was broken off', { command: request.call.command, error });
      this.#deliveries.delete(job.id);
      const at = calendar() + (stopped ? 0 : DISK_PAUSE_MS);
      const forgive = stopped || error instanceof StorageError;
      await this.#write(() => inbox.release(job.id, at, forgive));
    }
    this.#places.delete(job.id);
    telemetry.time(`answer_${request.call.command}`, clock() - began);
  }

  /** Says to the asker of a photo that it waits its turn; the answer takes that message's place. */
  async tellWaiting({ id, ahead }: Accepted, request: Request): Promise<void> {
    const { platforms, store, calendar, defaultLanguage } = this.#dependencies;
    const platform = platforms[request.platform];
    if (!platform || this.#deliveries.has(id)) return;
    const delivery = this.#deliver(
      { id, unsure: 0, deaths: 0, posted: null, acceptedAt: calendar() },
      request,
      platform,
    );
    const language = await languageOf(request, store, defaultLanguage);
    // its turn may have come, and its answer be on its way, meanwhile
    if (this.#deliveries.get(id) !== delivery || delivery.isBegun) return;
    delivery.show(textCard(language, '', [LANGUAGES[language].chat.waiting(ahead + 1)]));
  }

  /** Resolves when no message is on its way any more. */
  async settle(): Promise<void> {
    await Promise.allSettled([...this.#deliveries.values()].map((delivery) => delivery.finish()));
  }

  #deliver(
    row: Pick<Job, 'id' | 'unsure' | 'deaths' | 'posted' | 'acceptedAt'>,
    request: Request,
    platform: Platform,
  ): Delivery {
    const { inbox, store, calendar, sleep, telemetry } = this.#dependencies;
    const { call } = request;
    const pressed = call.command === 'press';
    const delivery = new Delivery({
      request,
      id: row.id,
      unsure: row.unsure,
      deaths: row.deaths,
      posted: pressed ? { messageId: call.messageId, imageName: null, image: null } : row.posted,
      outlet: platform.outlet,
      inbox,
      shown: ({ resultId }) => {
        if (pressed || resultId) this.#places.get(row.id)?.(); // not when it says that it waits
      },
      async record(message, { resultId }) {
        if (pressed) return; // the message is an earlier answer's
        if (row.posted === null && message.imageName)
          telemetry.time('to_first_card', calendar() - row.acceptedAt);
        await inbox.posted(row.id, message);
        if (resultId) await store.setPosted(resultId, message);
      },
      turns: this.#turns,
      sleep,
      telemetry,
      signal: this.#signal,
    });
    this.#deliveries.set(row.id, delivery);
    return delivery;
  }

  async #answer(job: Job, request: Request, platform: Platform): Promise<Outcome> {
    const { store, calendar, defaultLanguage, telemetry, resultId } = this.#dependencies;
    const isOver = request.answerBy !== null && request.answerBy < calendar();
    if (isOver && !DEEDS.includes(request.call.command)) return { kind: 'failed', reason: 'gone' };
    const earlier = this.#deliveries.get(job.id);
    const delivery = earlier && !earlier.hasFailed ? earlier : this.#deliver(job, request, platform);
    if (job.attempts > MAX_ATTEMPTS || job.deaths >= MAX_DEATHS) {
      // a heatmap that is there already says more than an apology
      if (job.posted?.imageName) return { kind: 'failed', reason: 'bug' };
      const language = await languageOf(request, store, defaultLanguage);
      const work = { request, platform, delivery };
      const told = await tell(LANGUAGES[language].apology, language, work, this.#dependencies, this.#signal);
      if (told.kind === 'later') return told;
      telemetry.count({ name: 'dead', platform: request.platform });
      return { kind: 'failed', reason: 'bug' };
    }
    const done = new AbortController();
    if (job.lane === 'photo') showWorking(request, platform, delivery, this.#dependencies.sleep, done.signal);
    try {
      const beneath = { key: job.key, request, delivery };
      const follow = (added: FollowUp) => acceptFollowUp(added, beneath, this.#dependencies, this.#wake);
      const { acceptedAt } = job;
      const work = { request, acceptedAt, resultId: resultId(job.key), platform, delivery, follow };
      return await answerRequest(work, this.#dependencies, this.#signal);
    } finally {
      done.abort();
    }
  }

  async #close(job: Job, request: Request, outcome: Outcome): Promise<void> {
    const { inbox, calendar, telemetry, log } = this.#dependencies;
    const { platform, call } = request;
    const tooOld = calendar() - job.acceptedAt > DAY_MS;
    if (outcome.kind === 'later' && !tooOld) {
      return this.#write(() => inbox.release(job.id, calendar() + outcome.afterMs, true));
    }
    const isShown = this.#deliveries.get(job.id)?.isPosted ?? job.posted !== null;
    this.#deliveries.delete(job.id);
    if (outcome.kind === 'answered') {
      telemetry.count({ name: 'answers', platform, command: call.command, outcome: outcome.result });
      return this.#write(() => inbox.done(job.id));
    }
    const reason = outcome.kind === 'failed' ? outcome.reason : 'too old';
    telemetry.count({ name: 'answers', platform, command: call.command, outcome: reason });
    if (reason !== 'bug') {
      telemetry.count({ name: 'undeliverable', platform });
      log.warn('an answer could not be delivered', { platform, command: call.command, reason });
    }
    if (!isShown) await this.#dependencies.platforms[platform]?.outlet.abandon(request, this.#signal);
    return this.#write(() => inbox.bury(job.id, reason));
  }

  #write(write: () => Promise<void>): Promise<void> {
    return writeAtLast(write, { ...this.#dependencies, pauseMs: DISK_PAUSE_MS }, this.#signal);
  }
}
