import { REST } from 'discord.js';
import { expect, it } from 'vitest';
import type { Interaction } from '../../support/discord/interact.ts';
import { openDiscordPlatform } from '../../support/discord-open-platform.ts';
import { BLUE, cardOf, RED } from '../../support/discord-outlet.ts';
import { everythingOf, failureOf } from '../../support/telegram-connection.ts';

const HTML = '<html>Bad Gateway</html>';
const JSON_TYPE = 'application/json';
const FAULTS = [
  { kind: 'rate-limit', retryAfter: 60 },
  { kind: 'rate-limit', retryAfter: 60, global: true },
  { kind: 'refuse', status: 400, code: 50_035 },
  { kind: 'refuse', status: 400, code: 40_060 },
  { kind: 'refuse', status: 401, code: 0 },
  { kind: 'refuse', status: 401, code: 50_027 },
  { kind: 'refuse', status: 403, code: 50_013 },
  { kind: 'refuse', status: 404, code: 10_008 },
  { kind: 'refuse', status: 404, code: 10_062 },
  { kind: 'refuse', status: 503, code: 130_000 },
  { kind: 'answer', status: 403, body: HTML },
  { kind: 'answer', status: 502, body: HTML },
  { kind: 'answer', status: 200, body: HTML },
  { kind: 'answer', status: 200, body: '{"id":', contentType: JSON_TYPE },
  { kind: 'answer', status: 200, body: '{}', contentType: JSON_TYPE },
  { kind: 'answer', status: 302, body: '' },
  { kind: 'drop' },
  { kind: 'drop-reply' },
  { kind: 'stall' },
] as const;

const IMAGE = { image: { bytes: RED } };
const ONE = cardOf('one', { 'jazz.jpg': RED });
const TWO = cardOf('two', { 'rock.jpg': BLUE });
const TOAST = { kind: 'toast', text: 'words' } as const;

/** Half of it would be too much, too. */
function expectNone(told: string, tokens: readonly string[]): void {
  for (const token of tokens) {
    for (const part of [token, token.slice(-24), encodeURIComponent(token)]) {
      if (told.includes(part)) throw new Error(`a token is told: ${told.slice(0, 300)}`);
    }
  }
}

/** All that a platform answers with, a message for all and one for nobody else, by a member and by a guest. */
async function answerAll(
  { fake, platform, came }: Awaited<ReturnType<typeof openDiscordPlatform>>,
  fault: (typeof FAULTS)[number],
) {
  const by = fake.user();
  const [channel, foreign] = [fake.guild().general, fake.guild({ bot: false }).general];
  const places = [{ channel }, { channel, private: true }, { channel: foreign }];
  const interactions: Interaction[] = [];
  const acts: ((signal: AbortSignal) => Promise<unknown>)[] = [];
  const { outlet } = platform;
  for (const { channel: where, private: isPrivate = false } of places) {
    interactions.push(fake.slash('vibe', { ...IMAGE, private: isPrivate }, { by, channel: where }));
    const request = await came(interactions.length);
    const posted = await outlet.post(request, ONE, new AbortController().signal);
    acts.push(
      (signal) => outlet.post(request, ONE, signal),
      (signal) => outlet.edit(request, posted, TWO, signal),
      (signal) => outlet.toast(request, TOAST, signal),
      (signal) => outlet.publish(request, { kind: 'publication', card: ONE }, signal),
    );
  }
  const { release } = fake.fail({ method: '*', ...fault, times: Number.POSITIVE_INFINITY });
  const signal = fault.kind === 'stall' ? AbortSignal.timeout(1000) : new AbortController().signal;
  // this one cannot be acknowledged, and that one not be taken back
  for (const command of ['vibe', 'about']) {
    interactions.push(fake.slash(command, command === 'vibe' ? IMAGE : {}, { by, channel }));
    const request = await came(interactions.length);
    acts.push((until) => outlet.post(request, ONE, until));
  }
  const outcomes = await Promise.allSettled(acts.map((act) => act(signal)));
  release();
  await platform.stop();
  const errors = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  return { errors, tokens: [fake.token, ...interactions.map(({ token }) => token)] };
}

it('is in an error of discord.js’s own, and would be found there', async () => {
  const { fake } = await openDiscordPlatform();
  const { id, token } = fake.slash('about', {}, { by: fake.user() });
  fake.fail({ method: 'create_interaction_response', kind: 'refuse', status: 404, code: 10_062 });
  const rest = new REST({ api: fake.apiUrl, version: '10', retries: 0 });
  const callback = { body: { type: 5 }, auth: false };
  const error = await failureOf(rest.post(`/interactions/${id}/${token}/callback`, callback));
  expect(() => expectNone(everythingOf(error), [token])).toThrow('a token is told');
});

it.each(FAULTS)('is in no line of the log, and in no error: %j', async (fault) => {
  const opened = await openDiscordPlatform();
  const { start, log } = opened;
  await start(async ({ request }) => (request.call.command === 'about' ? 'passed over' : 'accepted'));
  const { errors, tokens } = await answerAll(opened, fault);
  expect(tokens).toHaveLength(6);
  expect(errors.length + log.lines.length).toBeGreaterThan(3);
  for (const error of errors) expectNone(everythingOf(error), tokens);
  for (const { message, details } of log.lines) {
    expectNone(everythingOf(Object.assign(new Error(message), { details })), tokens);
  }
});
