import type { CommandContext, CommandDependencies } from './command.ts';
import type { MeasuredPicture } from './read-album.ts';
import type { VibeCall } from './request.ts';
import { storeMaps } from './stored-map.ts';
import type { Reading } from './types.ts';

/** Stores a reading without its pictures, at the first snapshot, and its words when they land; gives the result's id. */
export function keepResult(
  { images, spoiler }: VibeCall,
  { request, language, resultId }: CommandContext,
  {
    store,
    calendar,
    model,
    telemetry,
  }: Pick<CommandDependencies, 'store' | 'calendar' | 'model' | 'telemetry'>,
): (reading: Reading, measured: readonly MeasuredPicture[]) => Promise<string> {
  let stored = false;
  return async (reading, measured) => {
    const { look, album, explanation } = reading;
    if (!stored) {
      stored = true;
      for (const [stage, ms] of Object.entries(look.timings)) if (!album) telemetry.time(stage, ms);
      const earlier = await store.result(resultId); // of an attempt that was broken off
      await store.putResult({
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
        posted: earlier?.posted ?? null,
        shared: earlier?.shared ?? false,
      });
    }
    if (explanation.state === 'ready' && reading.genre === reading.ranking[0]) {
      await store.setExplanation(resultId, explanation.value);
    }
    return resultId;
  };
}
