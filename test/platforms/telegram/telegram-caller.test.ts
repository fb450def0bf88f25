import { describe, expect, it } from 'vitest';
import { OutletError } from '../../../src/core/outlet-error.ts';
import { TelegramRefusal } from '../../../src/platforms/telegram/telegram-failure.ts';
import { TokenRefusedError } from '../../../src/platforms/token-refused-error.ts';
import { endlessSleep } from '../../support/platform-recorders.ts';
import { connectTelegram, failureOf, startTelegramCaller } from '../../support/telegram-connection.ts';

const HTML = '<html><h1>Bad Gateway</h1></html>';

async function connect(options: Parameters<typeof connectTelegram>[0] = {}) {
  const connection = await connectTelegram(options);
  const { id } = connection.fake.privateChat(connection.fake.user());
  const send = (repeatable = false, limitMs = 30_000) =>
    connection.call(
      'sendMessage',
      { chat_id: id, text: 'x' },
      { signal: connection.signal, repeatable, limitMs },
    );
  const sent = () => connection.fake.messagesIn(id).length;
  const tries = () => connection.fake.callsOf('sendMessage').length;
  return { ...connection, id, send, sent, tries };
}

const later = (afterMs: unknown) => ({ failure: { kind: 'later', afterMs } });
const UNSURE = { failure: { kind: 'unsure' } };
const GONE = { failure: { kind: 'gone' } };

describe('what certainly was not done', () => {
  it('is done after the pause that Telegram asks for, when that is short', async () => {
    const { fake, send, sent, tries, outcomes, pauses } = await connect();
    fake.fail({ method: 'sendMessage', kind: 'rate-limit', retryAfter: 5 });
    expect(await send()).toMatchObject({ text: 'x' });
    expect([sent(), tries(), outcomes(), pauses]).toEqual([1, 2, ['later', 'ok'], [5000]]);
    expect(fake.violations).toEqual([]);
  });

  it('is the caller’s to wait for when the pause is long', async () => {
    const { fake, send, tries, pauses } = await connect();
    fake.fail({ method: 'sendMessage', kind: 'rate-limit', retryAfter: 6, times: 9 });
    expect(await failureOf(send(true))).toMatchObject(later(6000));
    expect([tries(), pauses]).toEqual([1, []]);
  });

  it('is given up after a few tries, each after a longer pause', async () => {
    const { fake, send, sent, tries, pauses } = await connect();
    fake.fail({ method: 'sendMessage', kind: 'rate-limit', retryAfter: 0, times: 9 });
    expect(await failureOf(send())).toMatchObject(later(0));
    expect([sent(), tries()]).toEqual([0, 4]);
    const [least, most] = [
      [200, 400, 800],
      [600, 1200, 2400],
    ];
    expect(pauses).toHaveLength(3);
    for (const [index, pause] of pauses.entries()) {
      expect(pause).toBeGreaterThanOrEqual(least?.[index] ?? Number.NaN);
      expect(pause).toBeLessThanOrEqual(most?.[index] ?? Number.NaN);
    }
  });

  it('is tried again where nobody listens, too', async () => {
    const { fake, call, signal, outcomes } = await connectTelegram();
    await fake.close();
    expect(await failureOf(call('getMe', {}, { signal, repeatable: false }))).toMatchObject(later(2000));
    expect(outcomes()).toEqual(['later', 'later', 'later', 'later']);
  });

  it('stays undone, and is known to be, when the time is over before its turn', async () => {
    const { fake, send, sent, outcomes } = await connect({ sleep: endlessSleep().sleep });
    fake.fail({ method: 'sendMessage', kind: 'rate-limit', retryAfter: 3 });
    expect(await failureOf(send(false, 500))).toMatchObject(later(5000));
    expect([sent(), outcomes()]).toEqual([0, ['later']]);
  });
});

describe('what may have been done', () => {
  it.each([
    ['a gateway’s page instead of an answer', { kind: 'answer', status: 502, body: HTML }],
    ['a proxy’s page as an answer', { kind: 'answer', status: 200, body: HTML }],
    ['JSON that breaks off', { kind: 'answer', status: 200, body: '{"ok":true,"resu' }],
    ['JSON of another form', { kind: 'answer', status: 200, body: 'null' }],
    ['a connection that ends before it was done', { kind: 'drop' }],
    ['a connection that ends after it was done', { kind: 'drop-reply' }],
  ] as const)('is not done twice unless it may be: %s', async (_name, fault) => {
    const { fake, send, sent, tries } = await connect();
    fake.fail({ method: 'sendMessage', ...fault });
    expect(await failureOf(send())).toMatchObject(UNSURE);
    expect(tries()).toBe(1);
    const before = sent();
    fake.fail({ method: 'sendMessage', ...fault, times: 2 });
    expect(await send(true)).toMatchObject({ text: 'x' });
    expect(tries()).toBe(4);
    expect(sent()).toBe(before + (fault.kind === 'drop-reply' ? 3 : 1));
    expect(fake.violations).toEqual([]);
  });

  it('is told when Telegram takes longer than it may', async () => {
    const { fake, send, tries, outcomes } = await connect();
    const release = fake.hold('sendMessage');
    expect(await failureOf(send(true, 300))).toMatchObject(UNSURE);
    expect([tries(), outcomes()]).toEqual([1, ['unsure']]);
    await fake.waitUntil(() => fake.callsOf('sendMessage')[0]?.status === 0); // the connection is not left open
    release();
  });

  it('counts all tries against one limit', async () => {
    const { fake, send } = await connect();
    fake.fail({ method: 'sendMessage', kind: 'drop' });
    fake.hold('sendMessage');
    expect(await failureOf(send(true, 500))).toMatchObject(UNSURE);
  });
});

describe('what Telegram refuses', () => {
  it.each([
    [403, 'Forbidden: bot was blocked by the user'],
    [403, 'Forbidden: bot was kicked from the supergroup chat'],
    [400, 'Bad Request: chat not found'],
    [400, 'Bad Request: TOPIC_CLOSED'],
    [400, 'Bad Request: message to edit not found'],
    [400, 'Bad Request: not enough rights to send text messages to the chat'],
  ])('for good is gone: %i %s', async (code, description) => {
    const { fake, send, tries, outcomes } = await connect();
    fake.fail({ method: 'sendMessage', kind: 'refuse', code, description, times: 9 });
    const failure = await failureOf(send(true));
    expect(failure).toBeInstanceOf(OutletError);
    expect(failure).toMatchObject({ ...GONE, message: `sendMessage: ${code} ${description}` });
    expect([tries(), outcomes()]).toEqual([1, ['gone']]);
  });

  it('by its own blocked people and unknown chats', async () => {
    const { fake, call, signal, send, id } = await connect();
    const options = { signal, repeatable: true };
    expect(await failureOf(call('sendMessage', { chat_id: 5, text: 'x' }, options))).toMatchObject(GONE);
    fake.block({ id, is_bot: false, first_name: 'x' });
    expect(await failureOf(send())).toMatchObject(GONE);
  });

  it('for any other reason is told as it is', async () => {
    const { fake, send, tries, outcomes } = await connect();
    const description = 'Bad Request: message is not modified';
    fake.fail({ method: 'sendMessage', kind: 'refuse', code: 400, description });
    const failure = await failureOf(send(true));
    expect(failure).toBeInstanceOf(TelegramRefusal);
    expect(failure).toMatchObject({ code: 400, description, migratedTo: null });
    expect([tries(), outcomes()]).toEqual([1, ['refused']]);
    fake.fail({ method: 'sendMessage', kind: 'migrate', toChatId: -1009 });
    expect(await failureOf(send())).toMatchObject({ migratedTo: -1009 });
  });

  it('is the token, when it does not know it', async () => {
    const { fake, signal, telemetry, sleep } = await connectTelegram();
    const call = startTelegramCaller(fake.url, `${fake.token.slice(0, -1)}x`, { telemetry, sleep });
    const failure = await failureOf(call('getMe', {}, { signal, repeatable: true }));
    expect(failure).toBeInstanceOf(TokenRefusedError);
    expect(fake.callsOf('getMe')).toHaveLength(1);
  });
});

describe('when the program stops', () => {
  it('a call ends with the reason', async () => {
    const { fake, send, stop } = await connect();
    fake.hold('sendMessage');
    const failure = failureOf(send(true));
    await fake.waitForCall('sendMessage', { unanswered: true });
    const reason = new Error('The program stops.');
    stop.abort(reason);
    expect(await failure).toBe(reason);
    await fake.waitUntil(() => fake.callsOf('sendMessage')[0]?.status === 0);
  });

  it('a pause ends, and nothing is tried after it', async () => {
    const { sleep, asleep } = endlessSleep();
    const { fake, send, stop, tries } = await connect({ sleep });
    fake.fail({ method: 'sendMessage', kind: 'rate-limit', retryAfter: 5 });
    const failure = failureOf(send(true));
    expect(await asleep).toBe(5000);
    const reason = new Error('The program stops.');
    stop.abort(reason);
    expect(await failure).toBe(reason);
    expect(tries()).toBe(1);
  });

  it('no call begins', async () => {
    const { fake, send, stop } = await connect();
    stop.abort(new Error('The program stops.'));
    expect(await failureOf(send(true))).toBe(stop.signal.reason);
    expect(fake.calls).toEqual([]);
  });
});
