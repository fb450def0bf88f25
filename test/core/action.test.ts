import { describe, expect, it } from 'vitest';
import { type Action, decodeAction, encodeAction } from '../../src/core/action.ts';
import { GENRES } from '../../src/core/genre.ts';
import { REGIONS } from '../../src/core/playlist.ts';
import { LANGUAGE_CODES } from '../../src/core/types.ts';
import { createMac } from '../../src/services/signing-keys.ts';

const mac = createMac(new Uint8Array(32), 'buttons');
const RESULT = 'a-_Z4567890123_6';

const ACTIONS: readonly Action[] = [
  ...(['why', 'back', 'up', 'down', 'share'] as const).map((kind) => ({ kind, result: RESULT })),
  ...(['why-genre', 'down-genre'] as const).flatMap((kind) =>
    GENRES.map((genre) => ({ kind, result: RESULT, genre })),
  ),
  ...LANGUAGE_CODES.flatMap((language) =>
    [true, false].map((forChat) => ({ kind: 'language' as const, language, forChat })),
  ),
  ...GENRES.flatMap((genre) =>
    [...REGIONS, null].map((region) => ({ kind: 'playlist' as const, genre, region })),
  ),
  ...GENRES.flatMap((genre) => REGIONS.map((region) => ({ kind: 'tracks' as const, genre, region }))),
  ...GENRES.flatMap((genre) =>
    REGIONS.flatMap((region) =>
      [
        { seed: 0, page: 0, language: 'en' as const },
        { seed: 65_535, page: 1000, language: 'ar' as const },
      ].map((turn) => ({ kind: 'turn' as const, genre, region, ...turn })),
    ),
  ),
];

/** The same numbers for the same seed. */
function makeRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe('the codec of actions', () => {
  it.each(ACTIONS)('gives back $kind, in at most 64 bytes', (action) => {
    const data = encodeAction(action, mac);
    expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
    expect(data).toMatch(/^[\w.-]+$/);
    expect(decodeAction(data, mac)).toEqual(action);
  });

  it('gives every action data of its own', () => {
    expect(new Set(ACTIONS.map((action) => encodeAction(action, mac))).size).toBe(ACTIONS.length);
  });

  it.each(ACTIONS)('takes no other key’s $kind', (action) => {
    const otherSecret = createMac(new Uint8Array(32).fill(1), 'buttons');
    const otherPurpose = createMac(new Uint8Array(32), 'result ids');
    for (const other of [otherSecret, otherPurpose]) {
      expect(decodeAction(encodeAction(action, other), mac)).toBeNull();
    }
  });

  it.each(ACTIONS)('takes $kind neither cut nor changed in any place', (action) => {
    const data = encodeAction(action, mac);
    for (let i = 0; i < data.length; i++) {
      expect(decodeAction(data.slice(0, i), mac)).toBeNull();
      expect(decodeAction(data.slice(i + 1), mac)).toBeNull();
      const other = data[i] === 'A' ? 'B' : 'A';
      expect(decodeAction(data.slice(0, i) + other + data.slice(i + 1), mac)).toBeNull();
      expect(decodeAction(data.slice(0, i) + other + data.slice(i), mac)).toBeNull();
    }
    expect(decodeAction(`${data} `, mac)).toBeNull();
    expect(decodeAction(data.toUpperCase(), mac)).toBeNull();
  });

  it('takes no checksum from another body', () => {
    const [why, back] = (['why', 'back'] as const).map((kind) => encodeAction({ kind, result: RESULT }, mac));
    const sum = why?.slice(why.lastIndexOf('.')) ?? '';
    expect(decodeAction(`${back?.slice(0, back.lastIndexOf('.'))}${sum}`, mac)).toBeNull();
  });

  it.each(['', '.', '..', 'w', 'w.', `w.${RESULT}`, '\u0000', 'ü.é', '🎵.🎵', 'null', '{"kind":"up"}'])(
    'takes no garbage: %j',
    (data) => {
      expect(decodeAction(data, mac)).toBeNull();
    },
  );

  it('takes nothing of a thousand random texts', () => {
    const random = makeRandom(7);
    const letters = 'wbudsWDlp.0123456789enarchtme-_AZ ü🎵\u202e';
    for (let i = 0; i < 1000; i++) {
      const text = Array.from({ length: random(70) }, () => letters[random(letters.length)]).join('');
      expect(decodeAction(text, mac), text).toBeNull();
    }
  });

  it.each(['W.x.9', 'W.x.-1', 'D.x.jazz', 'l.fr.me', 'p.9.global', 'p.x', 'q.x', 'w'.repeat(3)])(
    'knows no such action, even with the right checksum: %s',
    (body) => {
      expect(decodeAction(`${body}.${mac(body, 10)}`, mac)).toBeNull();
    },
  );
});
