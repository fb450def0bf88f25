import { describe, expect, it } from 'vitest';
import type { Reply } from '../../src/core/card.ts';
import type { CommandDependencies } from '../../src/core/command.ts';
import type { TrackSource } from '../../src/core/ports.ts';
import type { TracksCall } from '../../src/core/request.ts';
import { buttonsOf, cardsOf, lastCard, makeCommandBench, toastsOf } from '../support/command-bench.ts';
import { GROUP, makeRequest, makeVibe, vibeOf } from '../support/make-request.ts';
import { noTracks, trackSource } from '../support/reading-ports.ts';

const CALL: TracksCall = { command: 'tracks', genre: 'rock', region: 'khaleeji', replyTo: '77' };
const down: TrackSource = { available: true, tracks: async () => null };

const bench = (given: Partial<CommandDependencies> = {}) => makeCommandBench({ trackSource, ...given });
const songsOf = (reply: Reply | undefined): string[] =>
  reply?.kind === 'card'
    ? reply.blocks.flatMap((block) => (block.kind === 'tracks' ? block.tracks.map(({ title }) => title) : []))
    : [];
const followUps = (replies: readonly Reply[]) =>
  replies.flatMap((reply) => (reply.kind === 'follow-up' ? [reply.call] : []));

describe('songs beneath an answer', () => {
  it('are the first page of an order that each request has of its own, the same at every attempt', async () => {
    const { run } = bench();
    const [first] = songsOf((await run(CALL, { resultId: 'result-0123456789' }))[0]);
    expect(first).toMatch(/^rock khaleeji, seed \d+, page 0, 1$/);
    expect(songsOf((await run(CALL, { resultId: 'result-0123456789' }))[0])[0]).toBe(first);
    const seeds = new Set<string | undefined>();
    for (let i = 0; i < 100; i++) seeds.add(songsOf((await run(CALL, { resultId: `result-${i}` }))[0])[0]);
    expect(seeds.size).toBeGreaterThan(95);
  });

  it('are nothing at all where they cannot be had', async () => {
    expect(await bench({ trackSource: down }).run(CALL)).toEqual([]);
  });
});

describe('songs of a photo', () => {
  it('come by themselves where nobody else reads along, right after the first card', async () => {
    const replies = await bench().run(vibeOf('cat'));
    expect(replies.map(({ kind }) => kind)).toEqual(['card', 'follow-up', 'card']);
    expect(followUps(replies)).toEqual([{ command: 'tracks', genre: 'jazz', region: 'global' }]);
    expect(buttonsOf(lastCard(replies))[1]).toEqual(['up: 👍', 'down: 👎']);
  });

  it('are the most probable genre’s, whichever was asked about, and an album’s', async () => {
    const asked = await bench().run(makeVibe({ images: ['cat'], why: 'rock' }));
    const album = await bench().run(vibeOf('cat', 'dog'));
    for (const replies of [asked, album]) expect(followUps(replies)).toMatchObject([{ genre: 'jazz' }]);
  });

  it('stand behind a button where others read along', async () => {
    const replies = await bench().run(vibeOf('cat'), {
      request: makeRequest(vibeOf('cat'), { chat: GROUP }),
    });
    expect(followUps(replies)).toEqual([]);
    for (const card of cardsOf(replies)) expect(buttonsOf(card)[1]?.[0]).toBe('tracks jazz');
  });

  it.each([GROUP, { ...GROUP, shared: false }])('are not spoken of without a key: %j', async (chat) => {
    const request = makeRequest(vibeOf('cat'), { chat });
    const replies = await bench({ trackSource: noTracks }).run(vibeOf('cat'), { request });
    expect(replies.map(({ kind }) => kind)).toEqual(['card', 'card']);
    expect(JSON.stringify(cardsOf(replies).map(buttonsOf))).not.toContain('tracks');
  });

  it('keep their button when a button was pressed', async () => {
    const { run, press } = bench();
    const request = makeRequest(undefined, { chat: GROUP });
    await run(vibeOf('cat'), { request });
    const voted = await press({ kind: 'up', result: 'result-0123456789' }, { request });
    expect(buttonsOf(lastCard(voted))[1]).toEqual(['tracks jazz', 'up: 👍 ✓', 'down: 👎']);
  });
});

describe('the button for songs', () => {
  const tracks = { kind: 'tracks', genre: 'pop', region: 'khaleeji' } as const;

  it('has them posted beneath the card', async () => {
    const replies = await bench().press(tracks);
    expect(toastsOf(replies)).toEqual(['']);
    expect(followUps(replies)).toEqual([{ command: 'tracks', genre: 'pop', region: 'khaleeji' }]);
    expect(cardsOf(replies)).toEqual([]);
  });

  it.each([tracks, { ...tracks, kind: 'turn', seed: 3, page: 1, language: 'ar' } as const])(
    'says in passing that they cannot be had: $kind',
    async (action) => {
      const pressed = bench({ trackSource: down }).press(action);
      await expect(pressed).rejects.toMatchObject({ code: 'no-tracks' });
    },
  );

  it('turns the page in place, in the same order', async () => {
    const turn = { ...tracks, kind: 'turn', seed: 3, page: 2, language: 'ar' } as const;
    const replies = await bench().press(turn, { language: 'en' });
    expect(replies.map(({ kind }) => kind)).toEqual(['toast', 'card']);
    expect(songsOf(replies[1])[0]).toBe('pop khaleeji, seed 3, page 2, 1');
    // whoever presses, others read along
    expect(lastCard(replies).language).toBe('ar');
  });

  it('is on the card of /playlist, for the region that was asked for', async () => {
    const { run } = bench();
    const buttons = async (...words: string[]) =>
      lastCard(await run({ command: 'playlist', words })).buttons[0];
    expect(await buttons('rock', 'khaleeji')).toMatchObject([
      { action: { kind: 'tracks', genre: 'rock', region: 'khaleeji' } },
    ]);
    expect(await buttons('rock')).toMatchObject([{ action: { region: 'global' } }]);
  });

  it('is not there without a key', async () => {
    const card = lastCard(
      await bench({ trackSource: noTracks }).run({ command: 'playlist', words: ['rock'] }),
    );
    expect(buttonsOf(card).flat()).not.toContain('tracks rock');
  });
});
