import { CONSENT_VERSION } from '../languages/consent-version.ts';
import type { CommandContext, CommandDependencies } from './command.ts';
import type { Genre } from './genre.ts';
import { isForgottenSince } from './is-forgotten-since.ts';
import { keepCopies } from './keep-copies.ts';
import type { KeptRecord } from './kept-photo.ts';
import { keyOf } from './person.ts';
import type { MeasuredPicture } from './read-album.ts';
import { communityKey, type VibeCall } from './request.ts';
import { storeMaps } from './stored-map.ts';
import type { StoredResult } from './stored-result.ts';
import type { Reading } from './types.ts';
import { unlessStorageFails } from './unless-storage-fails.ts';

export interface ToKeep {
  readonly call: VibeCall;
  /** On whose word the photos are kept; null: they are not. */
  readonly consent: KeptRecord['consent'] | null;
  /** Whether the answer may ask its reader for that. */
  readonly mayAsk: boolean;
}

/** The answer as it is stored. */
export interface KeptResult {
  readonly resultId: string;
  /** Whether it asks its reader for their consent. */
  readonly asks: boolean;
}

/** null: it is not stored, for its asker wants to be forgotten, or the store cannot be had. */
export type KeepResult = (
  reading: Reading,
  measured: readonly MeasuredPicture[],
) => Promise<KeptResult | null>;

/**
 * At the first snapshot, before anything is shown: keeps the photos where their sender lets us, stores the reading without
 * its pictures, and counts it; its words when they land.
 */
export function keepResult(
  toKeep: ToKeep,
  context: CommandContext,
  dependencies: CommandDependencies,
): KeepResult {
  const { store, telemetry } = dependencies;
  const { resultId } = context;
  let keeping: Promise<KeptResult | null> | null = null;
  return async (reading, measured) => {
    const { look, album, explanation } = reading;
    if (!keeping) {
      for (const [stage, ms] of Object.entries(look.timings)) if (!album) telemetry.time(stage, ms);
      keeping = keepOnce(reading, measured, toKeep, context, dependencies);
    }
    const kept = await keeping;
    if (!kept) return null;
    if (explanation.state === 'ready' && reading.genre === reading.ranking[0]) {
      await unlessStorageFails(() => store.setExplanation(resultId, explanation.value), undefined);
    }
    return kept;
  };
}

/** Throws StorageError when something may be left of who has asked to be forgotten since they sent the photo. */
async function keepOnce(
  reading: Reading,
  measured: readonly MeasuredPicture[],
  toKeep: ToKeep,
  context: CommandContext,
  dependencies: CommandDependencies,
): Promise<KeptResult | null> {
  const { store, records, person } = dependencies;
  // without what is stored there are no buttons, and an answer all the same
  const kept = await unlessStorageFails(() => write(reading, measured, toKeep, context, dependencies), null);
  // after the writing: what is deleted meanwhile is either deleted there, or seen here
  if (!(await isForgottenSince(context, dependencies))) return kept;
  const photos = measured.map(({ picture }) => picture.sha256);
  await records.forget(keyOf(person), photos); // their words may still be on the way
  await store.forget(person);
  return null;
}

async function write(
  reading: Reading,
  measured: readonly MeasuredPicture[],
  { call, consent, mayAsk }: ToKeep,
  context: CommandContext,
  dependencies: CommandDependencies,
): Promise<KeptResult> {
  const { store, calendar, person } = dependencies;
  const { request, resultId, acceptedAt } = context;
  if (consent && call.sender !== undefined) {
    const pictures = measured.map(({ picture }) => picture);
    const whose = { platform: request.platform, sender: call.sender, consent, resultId, askedAt: acceptedAt };
    await keepCopies(pictures, whose, dependencies);
  }
  const earlier = await store.result(resultId); // of an attempt that was broken off
  await store.putResult({
    ...storedResult(reading, measured, call, context, dependencies),
    posted: earlier?.posted ?? null,
    shared: earlier?.shared ?? false,
  });
  const genre = reading.ranking[0] as Genre;
  await store.putPrediction({
    id: resultId,
    at: earlier?.createdAt ?? calendar(),
    platform: request.platform,
    pseudonym: person.pseudonym,
    community: request.chat.shared ? communityKey(request) : null,
    genre,
    confidence: reading.look.scores[genre],
    modelVersion: dependencies.model.version,
  });
  return { resultId, asks: mayAsk && (await isItsQuestion(context, dependencies)) };
}

/** Of several first answers at once one asks; what they have said stands. The same answer, made once more, asks again. */
async function isItsQuestion(
  { resultId }: CommandContext,
  { store, calendar, person }: CommandDependencies,
): Promise<boolean> {
  const key = keyOf(person);
  const question = { keep: null, version: CONSENT_VERSION, at: calendar(), resultId };
  if (await store.setChoice(key, question)) return true;
  const choice = await store.choice(key);
  return choice?.keep === null && choice.resultId === resultId;
}

function storedResult(
  { look, album }: Reading,
  measured: readonly MeasuredPicture[],
  { images, spoiler }: VibeCall,
  { request, language, resultId }: CommandContext,
  { calendar, model }: Pick<CommandDependencies, 'calendar' | 'model'>,
): Omit<StoredResult, 'posted' | 'shared'> {
  return {
    id: resultId,
    createdAt: calendar(),
    platform: request.platform,
    owner: request.asker.id,
    chat: request.chat,
    pictures: measured.map(({ index, picture, size }) => ({
      reference: images[index] ?? null,
      sha256: picture.sha256,
      appearance: picture.appearance,
      maps: storeMaps(picture.maps),
      size,
    })),
    loudest: measured.findIndex(({ index }) => index === (album?.loudest ?? 1) - 1),
    album,
    scores: look.scores,
    evidence: look.evidence,
    notes: look.notes,
    spoiler,
    modelVersion: model.version,
    language,
    explanation: null,
  };
}
