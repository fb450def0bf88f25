import { describe, expect, it } from 'vitest';
import { openGateway } from '../../support/discord-gateway.ts';

const SILENT = { ok: false, detail: 'the gateway does not answer' };

describe('health', () => {
  it('is red until it is connected, however long that takes, and then green', async () => {
    const { fake, gateway, time } = await openGateway();
    expect(gateway.health()).toMatchObject({ ok: false, detail: 'not connected yet' });
    const release = fake.hold('get_bot_gateway');
    const started = gateway.start();
    await fake.waitForCall('get_bot_gateway', { unanswered: true });
    time.now += 300_000;
    expect(gateway.health()).toMatchObject({ ok: false, detail: 'not connected yet' });
    release();
    await started;
    expect(gateway.health()).toMatchObject({ ok: true, detail: 'running' });
  });

  it('is red when no heartbeat was acknowledged for two minutes, and green when one is', async () => {
    const { fake, gateway, time, came } = await openGateway();
    await gateway.start();
    time.now += 120_000;
    expect(gateway.health()).toMatchObject({ ok: true, heartbeatAgeMs: 120_000 });
    time.now += 1;
    expect(gateway.health()).toMatchObject(SILENT);
    fake.gateway.askHeartbeat();
    await fake.waitUntil(() => fake.gateway.notesOf('heartbeat').length === 1);
    fake.sendText('after the acknowledgement', { from: fake.user() });
    await came(1);
    expect(gateway.health()).toMatchObject({ ok: true, detail: 'running' });
    time.now += 120_001;
    expect(gateway.health()).toMatchObject(SILENT);
  });

  it('is red where heartbeats go out and nothing comes back, and green when it is resumed', async () => {
    const { fake, gateway, time, log } = await openGateway({ silenceMs: 1000 }, { heartbeatInterval: 50 });
    await gateway.start();
    const release = fake.gateway.withholdAcks();
    fake.gateway.isDown = true;
    await log.written('the gateway reconnects');
    expect(gateway.health()).toMatchObject({ ok: true, detail: 'reconnecting' });
    time.now += 1001;
    expect(gateway.health()).toMatchObject(SILENT);
    release();
    fake.gateway.isDown = false;
    await log.written('the gateway is back');
    expect(gateway.health()).toMatchObject({ ok: true, detail: 'running' });
  });

  it('is red where one shard of several is silent', async () => {
    const { fake, gateway, time, came, log } = await openGateway({}, { shards: 2 });
    await gateway.start();
    expect(log.lines.at(-1)).toMatchObject({ details: { shards: 2 } });
    fake.gateway.isDown = true;
    fake.gateway.drop(1);
    await log.written('the gateway reconnects');
    time.now += 120_001;
    fake.gateway.askHeartbeat(0);
    await fake.waitUntil(() => fake.gateway.notesOf('heartbeat').length === 1);
    fake.sendText('after the acknowledgement', { from: fake.user() });
    await came(1);
    expect(gateway.health()).toMatchObject(SILENT);
    fake.gateway.isDown = false;
    await log.written('the gateway is back');
    expect(gateway.health()).toMatchObject({ ok: true, detail: 'running' });
  });
});
