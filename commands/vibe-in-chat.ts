import type { Reply } from '../src/core/card.ts';
import type { Command } from '../src/core/command.ts';
import { consentTo, mayBeAsked } from '../src/core/consent.ts';
import type { Genre } from '../src/core/genre.ts';
import { type KeepResult, keepResult } from '../src/core/keep-result.ts';
import { askerKey, type Plain, type VibeCall } from '../src/core/request.ts';
import { unlessStorageFails } from '../src/core/unless-storage-fails.ts';
import { vibe } from './vibe.ts';

/** The photo's cards. Where nobody else reads along, songs come by themselves, as soon as its genre is known. */
export const vibeInChat: Command<VibeCall> = async function* (call, context, dependencies) {
  const { request, language, signal } = context;
  const { showsPhoto: withPhoto, trackSource } = dependencies;
  // nothing is kept where it cannot be known what they said
  const consent = await unlessStorageFails(() => consentTo(call, request, dependencies), null);
  const mayAsk = mayBeAsked(call, request, dependencies);
  const keepInStore = keepResult({ call, consent, mayAsk }, context, dependencies);
  let genre: Genre | null = null;
  const keep: KeepResult = (reading, measured) => {
    genre = reading.ranking[0] ?? reading.genre;
    return keepInStore(reading, measured);
  };
  const { shared: othersRead } = request.chat;
  const asked = {
    ...{ ...call, language, withPhoto },
    withCopy: consent !== null,
    asker: askerKey(request),
    offersTracks: trackSource.available && othersRead,
    platform: request.platform,
  };
  let followed = othersRead || !trackSource.available;
  for await (const card of vibe<Plain>(asked, { ...dependencies, keep }, signal)) {
    yield card;
    if (followed || !genre) continue;
    followed = true;
    const songs: Reply = { kind: 'follow-up', call: { command: 'tracks', genre, region: 'global' } };
    yield songs;
  }
};
