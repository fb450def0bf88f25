import { describe, expect, it } from 'vitest';
import { GENRES } from '../../src/core/genre.ts';
import { UserError } from '../../src/core/user-error.ts';
import {
  buttonsOf,
  cardsOf,
  imageOf,
  lastCard,
  linksOf,
  makeCommandBench,
  optionsOf,
  textsOf,
} from '../support/command-bench.ts';
import { EPOCH } from '../support/fake-time.ts';
import { GROUP, makeRequest, makeVibe, vibeOf } from '../support/make-request.ts';
import { JAZZ, makeReader } from '../support/reading-ports.ts';

const ID = 'result-0123456789';

describe('/vibe with a photo', () => {
  it('shows genre, bars and heatmap first, then words and playlists', async () => {
    const { run } = makeCommandBench();
    const replies = await run(vibeOf('cat'));
    const [first] = cardsOf(replies);
    expect(first).toMatchObject({ accent: 'jazz', title: 'Jazz · 70%', resultId: ID });
    expect(first && textsOf(first)).toContain('One moment …');
    expect(first && imageOf(first)).toMatchObject({ shows: 'look jazz' });
    const last = lastCard(replies);
    expect(textsOf(last)).toEqual(expect.arrayContaining(['photo jazz en', 'heatmap jazz en']));
    expect(imageOf(last)?.altText).toBe('alt jazz en');
    expect(linksOf(last)).toEqual(['Jazz · Global', 'Jazz · Khaleeji']);
    expect(buttonsOf(last)).toEqual([
      ['why ▸', `share ${ID}`],
      ['up: 👍', 'down: 👎'],
    ]);
  });

  it('speaks the asker’s language', async () => {
    const { run } = makeCommandBench();
    const card = lastCard(await run(vibeOf('cat'), { language: 'ar' }));
    expect(card.language).toBe('ar');
    expect(textsOf(card)).toContain('photo jazz ar');
  });

  it('explains the genre that was asked about, says what came first, and offers the others', async () => {
    const { run, store } = makeCommandBench();
    const card = lastCard(await run(makeVibe({ images: ['cat'], why: 'rock' })));
    expect(card).toMatchObject({ accent: 'rock', title: 'Why rock? · 20%' });
    expect(textsOf(card)).toEqual(
      expect.arrayContaining(['photo rock en', 'First choice for this photo: jazz · 70%']),
    );
    expect(imageOf(card)?.shows).toBe('look rock');
    expect(buttonsOf(card)).toEqual([['why ▾'], ['back']]);
    expect(optionsOf(card)).toEqual(['why-genre classical', 'why-genre electronic', 'why-genre pop']);
    expect(linksOf(card)).toEqual(['Jazz · Global', 'Jazz · Khaleeji']);
    expect((await store.result(ID))?.explanation).toBeNull();
  });

  it('says so when it came without a photo', async () => {
    const { run } = makeCommandBench();
    await expect(run(vibeOf())).rejects.toMatchObject({ code: 'no-photo' });
  });

  it.each(['gone', 'unreadable'])('passes on what is wrong with it: %s', async (image) => {
    const { run, store } = makeCommandBench({
      photoReader: makeReader(() => {
        throw new UserError('unreadable', {});
      }),
    });
    const code = image === 'gone' ? 'picture-gone' : 'unreadable';
    await expect(run(vibeOf(image))).rejects.toMatchObject({ code });
    expect(await store.result(ID)).toBeNull();
  });
});

describe('what /vibe keeps', () => {
  it('is what buttons, sharing and votes need, before the first card is shown', async () => {
    const { run, store } = makeCommandBench();
    const request = makeRequest(vibeOf('cat'), { chat: GROUP });
    await run(vibeOf('cat'), { request, language: 'ar' });
    expect(await store.result(ID)).toMatchObject({
      id: ID,
      createdAt: EPOCH,
      platform: 'telegram',
      owner: '1001',
      chat: GROUP,
      loudest: 0,
      album: null,
      notes: [],
      modelVersion: 'm1',
      language: 'ar',
      explanation: { photo: 'photo jazz ar' },
      posted: null,
      shared: false,
    });
  });

  it('holds five small maps and no pixel', async () => {
    const { run, store } = makeCommandBench();
    await run(vibeOf('cat'));
    const result = await store.result(ID);
    const [picture] = result?.pictures ?? [];
    expect(picture?.reference).toBe('cat');
    expect(picture?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(Object.keys(picture?.maps ?? {})).toEqual([...GENRES]);
    expect(JSON.stringify(result)).not.toMatch(/jpeg|heatmap":\{|tile/);
    expect(JSON.stringify(result).length).toBeLessThan(3000);
  });

  it('is there for the very first card', async () => {
    const { run, store, dependencies } = makeCommandBench();
    const kept: unknown[] = [];
    const { putResult } = store;
    store.putResult = async (result) => {
      kept.push(result.explanation);
      await putResult(result);
    };
    await run(vibeOf('cat'));
    expect(kept).toEqual([null]);
    expect(dependencies.store).toBe(store);
  });

  it('gives the stages’ times of one photo, once', async () => {
    const { run, timed } = makeCommandBench();
    await run(vibeOf('cat'));
    expect(timed.map(([stage]) => stage)).toEqual(['decode', 'infer', 'cam', 'overlay', 'encode', 'total']);
  });

  it('keeps, at a second attempt, what was posted and shared meanwhile', async () => {
    const { run, store } = makeCommandBench();
    await run(vibeOf('cat'));
    const posted = { messageId: '1', imageName: 'a.jpg', image: 'file' };
    await store.setPosted(ID, posted);
    await store.setShared(ID);
    await run(vibeOf('cat'));
    expect(await store.result(ID)).toMatchObject({ posted, shared: true });
  });
});

describe('/vibe with an album', () => {
  const scores = { calm: { classical: 0.8, jazz: 0.2 }, bar: { jazz: 0.9, rock: 0.1 } };
  const photoReader = makeReader((name) => {
    if (name === 'broken') throw new UserError('unreadable', {});
    return name === 'calm' ? scores.calm : name === 'bar' ? scores.bar : JAZZ;
  });

  it('shows one card with a strip, and says how it was read', async () => {
    const { run, store } = makeCommandBench({ photoReader });
    const card = lastCard(await run(vibeOf('calm', 'broken', 'bar', 'bar')));
    expect(card.accent).toBe('jazz');
    expect(imageOf(card)).toMatchObject({
      shows: 'strip jazz jazz jazz, measured 1',
      fileName: expect.stringMatching(/-3\.jpg$/),
    });
    expect(textsOf(card)).toEqual(
      expect.arrayContaining([
        '3 photos read as one. Number 3 speaks loudest for jazz, so the words are about it.',
        'One picture could not be read.',
      ]),
    );
    expect(await store.result(ID)).toMatchObject({
      album: { count: 3, unread: 1, loudest: 3 },
      loudest: 1,
      pictures: [{ reference: 'calm' }, { reference: 'bar' }, { reference: 'bar' }],
    });
  });

  it('does not speak of several where only one could be read', async () => {
    const { run } = makeCommandBench({ photoReader });
    const card = lastCard(await run(vibeOf('broken', 'bar')));
    expect(textsOf(card)).toContain('One picture could not be read.');
    expect(textsOf(card).join()).not.toMatch(/read as one/);
  });

  it('says what is wrong when none can be read', async () => {
    const { run } = makeCommandBench({ photoReader });
    await expect(run(vibeOf('gone', 'broken'))).rejects.toMatchObject({ code: 'picture-gone' });
  });
});
