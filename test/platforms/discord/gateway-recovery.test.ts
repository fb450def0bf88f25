import { describe, expect, it } from 'vitest';
import { doneOn, openGateway } from '../../support/discord-gateway.ts';

const DROPPED_AND_RESUMED = ['connect', 'identify', 'close', 'connect', 'resume'];

describe('a connection that ends', () => {
  it('is resumed, and what came meanwhile comes once', async () => {
    const { fake, gateway, interactions, messages, came, log } = await openGateway();
    await gateway.start();
    fake.gateway.dropAt('INTERACTION_CREATE');
    const from = fake.user();
    const slash = fake.slash('vibe', {}, { by: from });
    const meanwhile = fake.sendText('one', { from });
    expect(fake.gateway.events.slice(-2)).toMatchObject([{ fate: 'kept' }, { fate: 'kept' }]);
    await log.written('the gateway is back');
    const later = fake.sendText('two', { from });
    await came(3);
    expect(interactions).toEqual([slash.raw]);
    expect(messages.map(({ id }) => id)).toEqual([meanwhile.id, later.id]);
    expect(doneOn(fake)).toEqual(DROPPED_AND_RESUMED);
    expect(log.lines.slice(1)).toEqual([
      { level: 'warn', message: 'the gateway reconnects', details: { shard: 0 } },
      { level: 'info', message: 'the gateway is back', details: { shard: 0, resumed: true } },
    ]);
  });

  it('is resumed when Discord asks for it', async () => {
    const { fake, gateway, came } = await openGateway();
    await gateway.start();
    fake.gateway.reconnect();
    await fake.waitUntil(() => fake.gateway.notesOf('close').length === 1);
    fake.slash('vibe', {}, { by: fake.user() });
    await came(1);
    expect(doneOn(fake)).toEqual(DROPPED_AND_RESUMED);
  });

  it('is resumed when heartbeats are not acknowledged', async () => {
    const { fake, gateway, log, came } = await openGateway({}, { heartbeatInterval: 100 });
    await gateway.start();
    const release = fake.gateway.withholdAcks();
    await fake.waitUntil(() => fake.gateway.notesOf('close').length === 1);
    release();
    fake.slash('vibe', {}, { by: fake.user() });
    await came(1);
    expect(await log.written('the gateway is back')).toMatchObject({ details: { resumed: true } });
  });

  it('is taken up again however long that fails, and is told of once', async () => {
    const { fake, gateway, log, came } = await openGateway();
    await gateway.start();
    const { length } = log.lines;
    let refused = 0;
    const { upgrade } = fake.gateway;
    fake.gateway.upgrade = (...request) => {
      refused += 1;
      fake.gateway.isDown = refused < 3;
      upgrade.apply(fake.gateway, request);
    };
    fake.gateway.drop();
    fake.slash('vibe', {}, { by: fake.user() });
    await came(1);
    expect(refused).toBe(3);
    expect(log.lines.slice(length)).toMatchObject([
      { level: 'warn', message: 'the gateway reconnects' },
      { level: 'warn', message: 'the gateway fails', details: { reason: expect.stringContaining('503') } },
      { level: 'info', message: 'the gateway is back' },
    ]);
  });
});

describe('a session that is over', () => {
  it('is begun anew', async () => {
    const { fake, gateway, log, came } = await openGateway();
    await gateway.start();
    fake.gateway.invalidate();
    expect(await log.written('the gateway is back')).toMatchObject({ details: { resumed: false } });
    fake.slash('vibe', {}, { by: fake.user() });
    await came(1);
    expect(doneOn(fake)).toEqual(['connect', 'identify', 'close', 'connect', 'identify']);
  });

  it('is begun anew when that shows as it should be resumed', async () => {
    const { fake, gateway, log, came } = await openGateway();
    await gateway.start();
    fake.gateway.drop();
    fake.gateway.forgetSessions();
    expect(await log.written('the gateway is back')).toMatchObject({ details: { resumed: false } });
    fake.slash('vibe', {}, { by: fake.user() });
    await came(1);
    expect(doneOn(fake)).toEqual([...DROPPED_AND_RESUMED, 'close', 'connect', 'identify']);
  });

  it('is resumed where Discord says that it can be', async () => {
    const { fake, gateway, log, came } = await openGateway();
    await gateway.start();
    fake.gateway.invalidate({ resumable: true });
    await log.written('the gateway is back');
    fake.slash('vibe', {}, { by: fake.user() });
    await came(1);
    expect(doneOn(fake)).toEqual(['connect', 'identify', 'resume']);
  });

  it('may be so the moment it was resumed, where discord.js stumbles', async () => {
    const { fake, gateway, log, came } = await openGateway();
    await gateway.start();
    fake.gateway.drop();
    await fake.waitUntil(() => fake.gateway.sessions.some(({ isConnected }) => isConnected));
    fake.gateway.invalidate();
    expect(await log.written('discord.js has stumbled')).toMatchObject({ details: { event: 'RESUMED' } });
    await fake.waitUntil(() => fake.gateway.notesOf('identify').length === 2);
    await fake.waitUntil(() => fake.gateway.sessions.some(({ isConnected }) => isConnected));
    fake.slash('vibe', {}, { by: fake.user() });
    await came(1);
    expect(doneOn(fake)).toEqual([...DROPPED_AND_RESUMED, 'close', 'connect', 'identify']);
  });
});
