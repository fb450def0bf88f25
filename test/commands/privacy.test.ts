import { describe, expect, it } from 'vitest';
import type { Archive, KeptHere } from '../../src/core/archive.ts';
import type { Card } from '../../src/core/card.ts';
import type { CommandDependencies } from '../../src/core/command.ts';
import type { Request } from '../../src/core/request.ts';
import { LANGUAGES } from '../../src/languages/languages.ts';
import { RECORD, sha256Of } from '../support/archive-event.ts';
import { lastCard, makeCommandBench, textsOf, toastsOf } from '../support/command-bench.ts';
import { EPOCH } from '../support/fake-time.ts';
import { GROUP, makeRequest, makeVibe } from '../support/make-request.ts';
import { explainer } from '../support/reading-ports.ts';
import { recordArchive } from '../support/record-archive.ts';

const ANN = 'telegram:user:1001';
const say = LANGUAGES.en.privacy;

function start(archiveGiven: Partial<Archive> = {}, given: Partial<CommandDependencies> = {}) {
  const recorded = recordArchive(archiveGiven);
  const bench = makeCommandBench({ archive: recorded.archive, ...given });
  const ask = async (request: Partial<Request> = {}) => {
    const call = { command: 'privacy' } as const;
    return lastCard(await bench.run(call, { request: makeRequest(call, request) }));
  };
  const choose = (keep: boolean) =>
    bench.store.setChoice(ANN, { keep, version: '1', at: EPOCH, resultId: null });
  return { ...recorded, ...bench, ask, choose };
}

const keptHere = (waits: boolean): KeptHere => ({
  sha256: sha256Of(`${waits}`),
  at: EPOCH,
  record: RECORD,
  waits,
});
const hasButtons = ({ buttons }: Card) => buttons.length > 0;

describe('/privacy', () => {
  it('says what is kept, for how long and where, and what there is of who asks', async () => {
    const { ask, run, press, here } = start();
    const call = makeVibe({ images: ['cat'], sender: '1001' });
    await run(call);
    await press({ kind: 'up', result: 'result-0123456789' });
    here.push(keptHere(true), keptHere(false), keptHere(false));
    const texts = textsOf(await ask());
    expect(texts).toContain(say.results.text('here'));
    expect(texts).toContain(say.counts.text);
    expect(texts).toContain(say.photos.text('ask', 'telegram'));
    expect(texts).toContain(
      'Answers: 1. Votes: 1. Figures: 1. Photos kept: 3 (on their way to the archive: 1).',
    );
    expect(texts).toContain('Your photos are not kept.');
    expect(texts.join()).not.toContain('OpenAI');
    expect(texts.at(-1)).toContain('/forget');
  });

  it('says so where results are in AWS, and where OpenAI is shown photos', async () => {
    const { ask } = start({}, { storedIn: 'aws', explainer: { ...explainer, wantsPreviews: true } });
    const texts = textsOf(await ask());
    expect(texts).toContain(say.results.text('aws'));
    expect(texts.join()).toContain('OpenAI');
  });

  it.each([
    ['ask', null, 'Your photos are not kept.'],
    ['ask', true, 'Your photos are kept, as you allowed.'],
    ['ask', false, 'Your photos are not kept, as you said.'],
    ['keep', null, 'Your photos are kept unless you say no.'],
    ['keep', true, 'Your photos are kept, as you allowed.'],
    ['keep', false, 'Your photos are not kept, as you said.'],
  ] as const)('tells what was chosen (%s, %s)', async (usual, said, line) => {
    const { ask, choose } = start({ usual });
    if (said !== null) await choose(said);
    expect(textsOf(await ask())).toContain(line);
  });

  it('promises on Discord that nothing is trained', async () => {
    const { ask } = start();
    const texts = textsOf(await ask({ platform: 'discord' }));
    expect(texts).toContain(say.photos.text('ask', 'discord'));
    expect(say.photos.text('ask', 'discord')).toContain('never to train');
  });

  it('offers no choice where no photo is ever kept', async () => {
    const { ask } = start({ usual: 'off' });
    const card = await ask();
    expect(textsOf(card)).toContain(say.photos.text('off', 'telegram'));
    expect(hasButtons(card)).toBe(false);
  });

  it('says nothing of who asks where others read along', async () => {
    const { ask } = start();
    const card = await ask({ chat: GROUP });
    expect(card.blocks.some((block) => block.kind === 'text' && block.heading === say.you.heading)).toBe(
      false,
    );
    expect(textsOf(card).some((text) => text.startsWith('Your photos are'))).toBe(false);
    expect(hasButtons(card)).toBe(true);
    const aside = await ask({ chat: GROUP, aside: true });
    expect(textsOf(aside)).toContain('Your photos are not kept.');
  });

  it('has buttons that are for whoever presses them', async () => {
    const { press, store } = start();
    const pressed = (request: Partial<Request>) =>
      press({ kind: 'consent', keep: true, result: null }, { request: makeRequest(undefined, request) });
    const alone = await pressed({});
    expect(toastsOf(alone)).toEqual([say.toasts.kept]);
    expect(textsOf(lastCard(alone))).toContain('Your photos are kept, as you allowed.');
    const inGroup = await pressed({ chat: GROUP, asker: { id: '1002', locale: null } });
    expect(inGroup).toEqual([{ kind: 'toast', text: say.toasts.kept }]);
    expect(await store.choice('telegram:user:1002')).toMatchObject({ keep: true });
  });
});
