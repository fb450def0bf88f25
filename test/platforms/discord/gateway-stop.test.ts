import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';
import type { FakeDiscord } from '../../support/discord/fake-discord.ts';
import { openGateway, type Raw } from '../../support/discord-gateway.ts';
import { endlessSleep } from '../../support/platform-recorders.ts';

const STOPPED = 'The program stops.';
const FOREVER = new Promise<void>(() => {});

/** A gateway that never says HELLO, or not even that it speaks WebSocket; Discord names it from now on. */
async function nameMuteGateway(fake: FakeDiscord, doesShakeHands: boolean) {
  const sockets = new WebSocketServer({ noServer: true });
  const server = createServer();
  const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
  const { promise: left, resolve: leave } = Promise.withResolvers<void>();
  server.on('upgrade', (request, socket, head) => {
    for (const event of ['end', 'close']) socket.once(event, () => leave());
    socket.on('error', () => leave());
    if (doesShakeHands) sockets.handleUpgrade(request, socket, head, () => reach());
    else reach();
    socket.resume();
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const body = JSON.stringify({
    url: `ws://127.0.0.1:${port}`,
    shards: 1,
    session_start_limit: { total: 1000, remaining: 1000, reset_after: 14_400_000, max_concurrency: 1 },
  });
  fake.fail({
    method: 'get_bot_gateway',
    kind: 'answer',
    status: 200,
    body,
    contentType: 'application/json',
  });
  return { reached, left };
}

describe('the stop', () => {
  it('says goodbye, and hands on nothing more', async () => {
    const { fake, gateway, log, messages } = await openGateway({}, { shards: 2 });
    await gateway.start();
    const { length } = log.lines;
    const stopped = gateway.stop();
    expect(gateway.stop()).toBe(stopped);
    fake.sendText('too late', { from: fake.user() });
    await stopped;
    await gateway.ended;
    await fake.waitUntil(() => fake.gateway.notesOf('close').length === 2);
    expect(fake.gateway.notesOf('close')).toMatchObject([{ data: { code: 1000 } }, { data: { code: 1000 } }]);
    expect(fake.gateway.sessions).toEqual([]);
    expect(messages).toEqual([]);
    expect(log.lines).toHaveLength(length);
    expect(gateway.health()).toMatchObject({ ok: false, detail: 'stopped' });
    await expect(gateway.start()).rejects.toThrow(STOPPED);
  });

  it('lets nothing through that has arrived together with what caused it', async () => {
    const contents: unknown[] = [];
    const { fake, gateway } = await openGateway({
      onMessage(raw) {
        contents.push((raw as Raw)['content']);
        gateway.stop();
      },
    });
    await gateway.start();
    const from = fake.user();
    for (const text of ['one', 'two']) fake.sendText(text, { from });
    await gateway.ended;
    expect(contents).toEqual(['one']);
  });

  it('ends a start that waits for an answer', async () => {
    const { fake, gateway } = await openGateway();
    const release = fake.hold('get_bot_gateway');
    const started = gateway.start();
    started.catch(() => {});
    const call = await fake.waitForCall('get_bot_gateway', { unanswered: true });
    await gateway.stop();
    await expect(started).rejects.toThrow(STOPPED);
    await fake.waitUntil(() => call.status === 0);
    release();
    expect(fake.gateway.notes).toEqual([]);
  });

  it('ends a start between two attempts', async () => {
    const { sleep, asleep } = endlessSleep();
    const { fake, gateway } = await openGateway({ sleep });
    fake.fail({ method: 'get_bot_gateway', kind: 'drop' });
    const started = gateway.start();
    started.catch(() => {});
    expect(await asleep).toBe(1000);
    await gateway.stop();
    await expect(started).rejects.toThrow(STOPPED);
  });

  it.each([
    ['shaken hands', false],
    ['said HELLO', true],
  ])('ends a start where the gateway has not yet %s', async (_what, doesShakeHands) => {
    const { fake, gateway } = await openGateway();
    const mute = await nameMuteGateway(fake, doesShakeHands);
    const started = gateway.start();
    started.catch(() => {});
    await mute.reached;
    await gateway.stop();
    await expect(started).rejects.toThrow(STOPPED);
    await mute.left;
  });

  it('ends a start that must not identify yet', async () => {
    const { fake, gateway } = await openGateway({ identifyThrottler: { waitForIdentify: () => FOREVER } });
    const started = gateway.start();
    let isOver = false;
    started.catch(() => {
      isOver = true;
    });
    await fake.waitUntil(() => fake.gateway.notesOf('connect').length === 1);
    await gateway.stop();
    expect(isOver).toBe(true);
    await expect(started).rejects.toThrow(STOPPED);
    await fake.waitUntil(() => fake.gateway.notesOf('close').length === 1);
    expect(fake.gateway.notesOf('identify')).toEqual([]);
  });

  it('does not wait for a gateway that does not say goodbye', async () => {
    const { fake, gateway } = await openGateway();
    await gateway.start();
    for (const { socket } of fake.gateway.sessions) socket?.pause();
    await gateway.stop();
    await gateway.ended;
  });

  it('comes before a start', async () => {
    const { fake, gateway } = await openGateway();
    await gateway.stop();
    await expect(gateway.start()).rejects.toThrow(STOPPED);
    expect(fake.calls).toEqual([]);
  });
});
