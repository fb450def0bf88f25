import { describe, expect, it } from 'vitest';
import type { Genre, Scores } from '../../src/core/genre.ts';
import { OutletError } from '../../src/core/outlet-error.ts';
import type { ExplainRequest, PhotoReader } from '../../src/core/ports.ts';
import { type AlbumReading, meanScores, readAlbum } from '../../src/core/read-album.ts';
import { UserError } from '../../src/core/user-error.ts';
import { makeFakeTime } from '../support/fake-time.ts';
import { makeLook } from '../support/make-look.ts';
import { explainer, makeReader, playlistSource } from '../support/reading-ports.ts';

const SCORES: Readonly<Record<string, Partial<Scores>>> = {
  calm: { classical: 0.6, jazz: 0.4 },
  bar: { jazz: 0.9, rock: 0.1 },
  stage: { rock: 0.8, jazz: 0.2 },
};

function scoresOf(name: string): Partial<Scores> {
  const scores = SCORES[name];
  if (!scores) throw new UserError(name === 'empty' ? 'empty' : 'unreadable', {});
  return scores;
}

interface Given {
  readonly why?: Genre;
  readonly withPhoto?: boolean;
  readonly withCopy?: boolean;
  readonly wantsPreviews?: boolean;
  readonly photoReader?: PhotoReader;
  readonly fetch?: (name: string) => Promise<Uint8Array>;
  readonly signal?: AbortSignal;
}

async function read(names: readonly string[], given: Given = {}) {
  const asked: ExplainRequest[] = [];
  const fetch = given.fetch ?? (async (name: string) => new TextEncoder().encode(name));
  const dependencies = {
    photoReader: given.photoReader ?? makeReader(scoresOf),
    playlistSource,
    explainer: {
      wantsPreviews: given.wantsPreviews ?? false,
      explain: (request: ExplainRequest, signal: AbortSignal) => {
        asked.push(request);
        return explainer.explain(request, signal);
      },
    },
  };
  const pictures = names.map((name) => () => fetch(name));
  const { why = null, withPhoto = false } = given;
  const { withCopy = false } = given;
  const request = { pictures, why, withPhoto, withCopy, language: 'en', asker: 'telegram:user:1' } as const;
  const signal = given.signal ?? new AbortController().signal;
  const readings = await Array.fromAsync(readAlbum(request, dependencies, signal));
  return { readings, first: readings[0] as AlbumReading, last: readings.at(-1) as AlbumReading, asked };
}

const EMPTY = new Uint8Array();
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('readAlbum', () => {
  it('is the mean of the probabilities, one picture as much as another', async () => {
    const { first } = await read(['calm', 'bar', 'stage']);
    const { scores } = first.reading.look;
    expect(scores.jazz).toBeCloseTo(0.5);
    expect(scores.rock).toBeCloseTo(0.3);
    expect(scores.classical).toBeCloseTo(0.2);
    expect(first.reading.ranking.slice(0, 3)).toEqual(['jazz', 'rock', 'classical']);
    expect(Object.values(scores).reduce((sum, share) => sum + share)).toBeCloseTo(1);
  });

  it('draws a strip of all, and is about the one that speaks loudest', async () => {
    const { first, last, asked } = await read(['calm', 'bar', 'stage']);
    const { reading, measured } = first;
    expect(text(reading.look.heatmap.jpeg)).toBe('strip jazz jazz jazz, measured 1');
    expect(reading.album).toEqual({ count: 3, unread: 0, genre: 'jazz', loudest: 2 });
    expect(reading.explanation.state).toBe('pending');
    expect(last.reading.explanation.state).toBe('ready');
    expect(measured.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(measured[1]?.picture).not.toHaveProperty('tile');
    expect(asked).toMatchObject([{ genre: 'jazz', map: { genre: 'jazz' } }]);
  });

  it('has the strip without heat where that is wanted, and the size of every tile', async () => {
    const { first, last } = await read(['calm', 'broken', 'bar'], { withPhoto: true });
    for (const { reading } of [first, last]) expect(text(reading.look.photo ?? EMPTY)).toBe('strip of 2');
    expect(first.measured.map(({ size }) => size)).toEqual(Array(2).fill({ width: 1, height: 1 }));
    expect((await read(['calm', 'bar'])).first.reading.look.photo).toBeNull();
  });

  it('is loudest for the genre asked about, not for the first one', async () => {
    const { first, last, asked } = await read(['calm', 'bar', 'stage'], { why: 'rock' });
    expect(text(first.reading.look.heatmap.jpeg)).toBe('strip rock rock rock, measured 2');
    expect(first.reading).toMatchObject({ genre: 'rock', album: { genre: 'rock', loudest: 3 } });
    expect(first.reading.ranking[0]).toBe('jazz');
    expect(asked[0]?.genre).toBe('rock');
    expect(last.reading.playlists).toMatchObject({ value: { global: { genre: 'jazz' } } });
  });

  it('leaves out what cannot be read, and keeps the numbers of the others', async () => {
    const { first } = await read(['broken', 'calm', 'broken', 'bar']);
    expect(first.reading.album).toEqual({ count: 2, unread: 2, genre: 'jazz', loudest: 4 });
    expect(text(first.reading.look.heatmap.jpeg)).toBe('strip jazz jazz, measured 1');
    expect(first.measured.map(({ index }) => index)).toEqual([1, 3]);
    expect(first.reading.look.scores.jazz).toBeCloseTo(0.65);
  });

  it('says what is wrong with the first one when none can be read', async () => {
    await expect(read(['empty', 'broken'])).rejects.toMatchObject({ code: 'empty' });
    await expect(read(['broken', 'empty'])).rejects.toMatchObject({ code: 'unreadable' });
  });

  it('gathers the notes of all, each once', async () => {
    const reader = makeReader(scoresOf);
    const measure: PhotoReader['measure'] = async (bytes, withCopy, signal) => ({
      ...(await reader.measure(bytes, withCopy, signal)),
      notes: text(bytes) === 'calm' ? [] : ['truncated'],
    });
    const { first } = await read(['calm', 'bar', 'stage'], { photoReader: { ...reader, measure } });
    expect(first.reading.look.notes).toEqual(['truncated']);
  });

  it('fetches and reads no more than two at once', async () => {
    const time = makeFakeTime();
    let now = 0;
    let most = 0;
    const fetch = async (name: string) => {
      now += 1;
      most = Math.max(most, now);
      await time.sleep(100, new AbortController().signal);
      return new TextEncoder().encode(name);
    };
    const reader = makeReader(scoresOf);
    const measure: PhotoReader['measure'] = async (bytes, withCopy, signal) => {
      await time.sleep(100, new AbortController().signal);
      now -= 1;
      return reader.measure(bytes, withCopy, signal);
    };
    const names = Array.from({ length: 10 }, () => 'bar');
    const ends = read(names, { fetch, photoReader: { ...reader, measure } });
    await time.advance(1000);
    expect((await ends).first.reading.album?.count).toBe(10);
    expect(most).toBe(2);
    expect(time.clock()).toBe(1000);
  });

  it.each([
    ['a bug', new TypeError('x is undefined')],
    ['a platform that cannot be reached', new OutletError('down', { kind: 'later', afterMs: 1 })],
  ])('does not take %s for a broken picture', async (_, error) => {
    const fetch = async (name: string) => {
      if (name === 'bar') throw error;
      return new TextEncoder().encode(name);
    };
    await expect(read(['calm', 'bar', 'stage'], { fetch })).rejects.toBe(error);
  });

  it('ends with the signal', async () => {
    const stop = new AbortController();
    const fetch = async (name: string) => {
      if (name === 'stage') stop.abort(new Error('stopped'));
      return new TextEncoder().encode(name);
    };
    await expect(read(['calm', 'bar', 'stage'], { fetch, signal: stop.signal })).rejects.toThrow('stopped');
  });
});

describe('meanScores', () => {
  it('leaves one picture’s scores as they are', () => {
    const { scores } = makeLook({ jazz: 0.7, rock: 0.3 });
    expect(meanScores([scores])).toEqual(scores);
  });
});
