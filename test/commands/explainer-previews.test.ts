import { describe, expect, it } from 'vitest';
import type { Explainer, ExplainRequest } from '../../src/core/ports.ts';
import type { Call } from '../../src/core/request.ts';
import type { Language } from '../../src/core/types.ts';
import { makeCommandBench } from '../support/command-bench.ts';
import { makeRequest, makeVibe, vibeOf } from '../support/make-request.ts';
import { explainer } from '../support/reading-ports.ts';

const ID = 'result-0123456789';
const request = makeRequest(undefined, { asker: { id: '42', locale: null } });

/** What the explainer was asked for last, and the previews that it got. */
function start(wantsPreviews = true) {
  const asked: ExplainRequest[] = [];
  const noting: Explainer = {
    wantsPreviews,
    explain: async (each, signal) => {
      asked.push(each);
      return explainer.explain(each, signal);
    },
  };
  const bench = makeCommandBench({ explainer: noting });
  const last = async () => {
    const { asker, genre, language, previews } = asked.at(-1) as ExplainRequest;
    const seen = await previews();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    return { asker, genre, language, seen: seen && [text(seen.photo), text(seen.heatmap)] };
  };
  const run = (call: Call) => bench.run(call, { request });
  const press = (kind: 'back' | 'why-genre', language: Language = 'en') =>
    bench.press(kind === 'back' ? { kind, result: ID } : { kind, result: ID, genre: 'rock' }, {
      request,
      language,
    });
  return { ...bench, run, press, last };
}

describe('what an explainer that looks at pictures is shown', () => {
  it.each([
    ['a photo', vibeOf('cat'), 'jazz', 'look jazz'],
    ['a photo and another genre', makeVibe({ images: ['cat'], why: 'rock' }), 'rock', 'look rock'],
    ['an album', vibeOf('cat', 'dog'), 'jazz', 'strip jazz jazz, measured 0'],
  ] as const)('is what was read, small: %s', async (_, call, genre, drawn) => {
    const { run, last } = start();
    await run(call);
    expect(await last()).toEqual({
      asker: 'telegram:user:42',
      genre,
      language: 'en',
      seen: [`small photo of ${drawn}`, `small ${drawn}`],
    });
  });

  it('is the picture drawn anew for another genre', async () => {
    const { run, press, last } = start();
    await run(vibeOf('cat'));
    await press('why-genre');
    const drawn = 'draw rock over cat';
    expect(await last()).toMatchObject({
      asker: 'telegram:user:42',
      genre: 'rock',
      seen: [`small photo of ${drawn}`, `small ${drawn}`],
    });
  });

  it('is fetched once more, where only the words are to change', async () => {
    const { run, press, last } = start();
    await run(vibeOf('cat'));
    await press('back', 'ar');
    const drawn = 'draw jazz over cat';
    const { language, seen } = await last();
    expect({ language, seen }).toEqual({
      language: 'ar',
      seen: [`small photo of ${drawn}`, `small ${drawn}`],
    });
  });

  it('is nothing where the pixels cannot be had', async () => {
    const { run, press, last, store } = start();
    await run(vibeOf('cat'));
    const result = await store.result(ID);
    if (!result) throw new Error('nothing is kept');
    const pictures = result.pictures.map((each) => ({ ...each, reference: 'gone' }));
    await store.putResult({ ...result, pictures });
    await press('why-genre');
    expect((await last()).seen).toBeNull();
  });

  it('is not made for one that does not look', async () => {
    const { run, press, last } = start(false);
    await run(vibeOf('cat'));
    expect((await last()).seen).toBeNull();
    await press('why-genre');
    expect((await last()).seen).toBeNull();
  });
});
