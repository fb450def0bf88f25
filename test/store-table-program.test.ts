import { expect, it } from 'vitest';
import { LANGUAGES } from '../src/languages/languages.ts';
import { openArchiveScene } from './support/archive-program.ts';
import { fixture } from './support/discord-program.ts';
import type { Call } from './support/local-server/call-log.ts';

const ALWAYS = { times: Number.POSITIVE_INFINITY };
const TABLE = 'vibe-store';
const WORDS = 'Why this photo';
const { privacy, chat } = LANGUAGES.en;

it('results, preferences and votes are in DynamoDB; while it is down photos are answered without buttons', async () => {
  const scene = await openArchiveScene();
  const { telegram, aws, said } = scene;
  await aws.createTable(TABLE);
  const program = await scene.start({ STORE_TABLE: TABLE });
  const ann = telegram.user();
  telegram.sendPhoto(await fixture('coffee.jpg'), { from: ann });
  const [first] = await said(ann.id, WORDS);
  if (!first) throw new Error('no answer');
  telegram.press(first, '👍', ann);
  await telegram.waitUntil(() =>
    scene
      .answers(ann.id)[0]
      ?.keyboard?.flat()
      .some(({ text }) => text === '👍 ✓'),
  );
  expect((await aws.rows(TABLE)).length).toBeGreaterThan(3);
  telegram.sendText('/privacy', { from: ann });
  const [told] = await said(ann.id, privacy.title);
  expect(told?.text).toContain('in a database at AWS');
  expect(told?.text).toContain('Answers: 1. Votes: 1.');

  // but for the lease, without which the program ends
  const where = ({ params }: Call) => !JSON.stringify(params).includes('"LEASE"');
  const outage = { kind: 'refuse', code: 'InternalServerError', status: 500 } as const;
  const down = aws.fail({ method: '*', ...outage, where, ...ALWAYS });
  telegram.sendPhoto(await fixture('galaxies.jpg'), { from: ann });
  const [, second] = await said(ann.id, WORDS, 2);
  expect(second?.keyboard?.flat().map(({ text }) => text)).not.toContain(chat.buttons.why);
  telegram.sendText('/forget', { from: ann });
  await said(ann.id, privacy.forget.begun);
  down.release();
  await telegram.waitUntil(
    () => scene.answers(ann.id).some(({ text }) => text.includes(privacy.forget.all)),
    { timeoutMs: 40_000 },
  );
  const rows = (await aws.rows(TABLE)).join('\n');
  expect(rows).not.toContain(`telegram:user:${ann.id}`);
  expect(await program.stop('SIGTERM')).toBe(0);
});
