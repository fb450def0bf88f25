import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { createJsonLog } from '../../src/services/json-log.ts';
import { createRedactor } from '../../src/services/redact.ts';

const TOKEN = `7000000001:AA${'Hx-_9'.repeat(6)}xyz`;

function record(options: { level?: 'debug' | 'info'; secrets?: string[] } = {}) {
  const lines: string[] = [];
  const log = createJsonLog({
    level: options.level ?? 'debug',
    redact: createRedactor(options.secrets ?? []),
    write: (line) => lines.push(line),
  });
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? '') };
}

it('writes one JSON object a line', () => {
  const { log, lines, last } = record();
  log.info('Listening on\n100%% of %s.', { port: 8080, nested: { at: new Date(0), big: 1n } });
  expect(lines).toHaveLength(1);
  expect(lines[0]?.match(/\n/g)).toHaveLength(1);
  expect(last()).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    port: 8080,
    nested: { at: '1970-01-01T00:00:00.000Z', big: '1' },
    message: 'Listening on\n100%% of %s.',
  });
});

it('leaves out what is below its level', () => {
  const { log, lines } = record({ level: 'info' });
  log.debug('no');
  log.warn('yes');
  log.error('yes');
  expect(lines.map((line) => JSON.parse(line).level)).toEqual(['warn', 'error']);
});

it('keeps its own fields when details have the same names', () => {
  const { log, last } = record();
  log.info('mine', { level: 'theirs', message: 'theirs', time: 0 });
  expect(last()).toMatchObject({
    level: 'info',
    message: 'mine',
    level_: 'theirs',
    message_: 'theirs',
    time_: 0,
  });
});

it('hides secrets wherever they are: message, keys, details, errors', () => {
  const { log, lines, last } = record({ secrets: ['hunter-two'] });
  log.info(`at https://api.telegram.org/bot${TOKEN}/getMe`, { [TOKEN]: ['hunter-two', { deep: TOKEN }] });
  log.error('failed', { error: new Error(`hunter-two\n${TOKEN}`, { cause: `cause ${TOKEN}` }) });
  expect(last().error.cause).toBe('cause [secret]');
  expect(lines.join('')).not.toMatch(/hunter|7000000001|xyz/);
});

it('stays JSON when what is hidden is part of its syntax', () => {
  const { log, last, lines } = record({ secrets: ['12345678'] });
  log.info('counted', { number: 12345678 });
  expect(last()).toMatchObject({ level: 'warn', line: expect.stringContaining('"number":[secret]') });
  expect(lines.join('')).not.toContain('12345678');
});

it('writes of errors no more than name, message, stack and causes', () => {
  const { log, lines, last } = record();
  // as telegraf and node-fetch make them
  const fetchError = Object.assign(
    new Error(
      `invalid json response body at http://127.0.0.1/bot${TOKEN}/sendPhoto reason: Unexpected token '<'`,
    ),
    { type: 'invalid-json', url: `http://127.0.0.1/bot${TOKEN}`, body: 'what a person sent' },
  );
  fetchError.name = 'FetchError';
  const telegramError = Object.assign(new Error('400: Bad Request', { cause: fetchError }), {
    response: { ok: false, description: 'what a person sent' },
    on: { method: 'sendMessage', payload: { chat_id: 42, text: 'what a person sent' } },
    toJSON: () => 'what a person sent',
  });
  log.error('failed', { error: telegramError, also: { there: [telegramError] } });
  const reduced = {
    name: 'Error',
    message: '400: Bad Request',
    stack: expect.stringContaining('json-log.test.ts'),
    cause: {
      name: 'FetchError',
      message: expect.stringContaining('/bot[secret]/sendPhoto'),
      stack: expect.stringContaining('/bot[secret]/sendPhoto'),
    },
  };
  expect(last()).toMatchObject({ error: reduced, also: { there: [reduced] } });
  expect(Object.keys(last().error)).toEqual(['name', 'message', 'stack', 'cause']);
  expect(Object.keys(last().error.cause)).toEqual(['name', 'message', 'stack']);
  expect(lines.join('')).not.toMatch(/person|7000000001/);
});

it.each([
  ['a text', 'just so', 'just so'],
  ['an object', { payload: 'what a person sent' }, '[object]'],
  ['nothing', undefined, 'undefined'],
  [
    'an error of another realm',
    runInNewContext('Object.assign(new Error("far"), {payload: 1})'),
    { message: 'far' },
  ],
  ['an abort', AbortSignal.abort().reason, { name: 'AbortError' }],
  ['several', new AggregateError([new Error('one'), 'two'], ''), { errors: [{ message: 'one' }, 'two'] }],
])('can write %s that was thrown', (_name, error, written) => {
  const { log, last } = record();
  log.error('failed', { error });
  expect(last()).toMatchObject({ message: 'failed', error: written });
  expect(JSON.stringify(last())).not.toContain('payload');
});

it('writes a line whatever the details are', () => {
  const { log, last } = record();
  const loop: Record<string, unknown> = { bytes: new Uint8Array(3), nothing: null };
  loop['itself'] = loop;
  const error = new Error('round');
  error.cause = error;
  log.warn('odd', { loop, error, run: () => 1 });
  expect(last()).toMatchObject({
    message: 'odd',
    loop: { bytes: '[3 bytes]', nothing: null, itself: '[…]' },
    error: { message: 'round', cause: '[…]' },
  });
  const trap = { toJSON: () => JSON.parse('not JSON') };
  log.warn('trap', { trap });
  expect(last()).toMatchObject({ message: 'trap', details: '[unreadable]' });
});

const script = (body: string) => `
  import { createJsonLog } from ${JSON.stringify(new URL('../../src/services/json-log.ts', import.meta.url).href)};
  const log = createJsonLog({ level: 'info', redact: (text) => text });
  ${body}`;

const run = (body: string, stdout: 'pipe' | number = 'pipe') =>
  spawn(process.execPath, ['--input-type=module', '-e', script(body)], {
    stdio: ['pipe', stdout, 'inherit'],
  });

it('has every line out before an exit, however slowly they are read', async () => {
  const child = run(`
    for (let i = 0; i < 2000; i += 1) log.info('line', { i, filler: 'ü'.repeat(200) });
    process.exit(3);`);
  const exit = once(child, 'exit');
  const lines = (await text(child.stdout as Readable)).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).i)).toEqual(Array.from({ length: 2000 }, (_, i) => i));
  expect(await exit).toEqual([3, null]);
});

it('outlives a reader who leaves', async () => {
  const child = run(`
    log.info('first');
    process.stdin.on('data', () => { for (let i = 0; i < 10; i += 1) log.info('more'); process.exit(5); });`);
  const exit = once(child, 'exit');
  await once(child.stdout as Readable, 'data');
  child.stdout?.destroy();
  await once(child.stdout as Readable, 'close');
  child.stdin?.end('go on');
  expect(await exit).toEqual([5, null]);
});

it.runIf(existsSync('/dev/full'))('outlives a full disk', async () => {
  const full = openSync('/dev/full', 'w');
  const child = run(`for (let i = 0; i < 10; i += 1) log.info('more'); process.exit(5);`, full);
  expect(await once(child, 'exit')).toEqual([5, null]);
  closeSync(full);
});
