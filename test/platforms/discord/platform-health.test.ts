import { describe, expect, it } from 'vitest';
import { StorageError } from '../../../src/core/storage-error.ts';
import { openDiscordPlatform } from '../../support/discord-open-platform.ts';
import { RED } from '../../support/discord-outlet.ts';
import { endlessSleep } from '../../support/platform-recorders.ts';

const RED_HEALTH = { ok: false, detail: 'events cannot be written down' };
const GREEN = { ok: true, detail: 'running' };

describe('what cannot be written down', () => {
  it('is tried until it is, and health tells', async () => {
    const { fake, platform, start, came, received, pauses, log } = await openDiscordPlatform();
    const states: object[] = [];
    let refusals = 2;
    await start(async () => {
      states.push(platform.health());
      if (refusals-- > 0) throw new StorageError('disk full');
    });
    const asked = fake.slash('vibe', { image: { bytes: RED } }, { by: fake.user() });
    await came(1);
    await fake.waitUntil(() => asked.acknowledgedAs === 5);
    expect(received).toHaveLength(1);
    expect(states).toMatchObject([GREEN, RED_HEALTH, RED_HEALTH]);
    expect(pauses).toEqual([2000, 2000]);
    expect(platform.health()).toMatchObject(GREEN);
    const errors = log.lines.filter(({ level }) => level === 'error');
    expect(errors.map(({ message }) => message)).toEqual(Array(2).fill('an event cannot be written down'));
    expect(fake.violations).toEqual([]);
  });

  it('does not hold up what can be, and keeps health red until all is', async () => {
    const { promise: mended, resolve: mend } = Promise.withResolvers<void>();
    const { fake, platform, start, came, received } = await openDiscordPlatform({ sleep: () => mended });
    let isFull = true;
    await start(async ({ request }) => {
      if (isFull && request.call.command === 'help') throw new StorageError('disk full');
    });
    const by = fake.user();
    fake.slash('help', {}, { by });
    fake.sendText('hello', { from: by });
    fake.slash('about', {}, { by });
    expect((await came(1)).call.command).toBe('about');
    expect(received).toHaveLength(1);
    expect(platform.health()).toMatchObject(RED_HEALTH);
    isFull = false;
    mend();
    await came(3);
    expect(platform.health()).toMatchObject(GREEN);
  });

  it('is left at the stop', async () => {
    const { sleep, asleep } = endlessSleep();
    const { fake, platform, start, received, log } = await openDiscordPlatform({ sleep });
    await start(async () => {
      throw new StorageError('disk full');
    });
    fake.sendText('hello', { from: fake.user() });
    expect(await asleep).toBe(2000);
    expect(platform.health()).toMatchObject(RED_HEALTH);
    await platform.stop();
    await platform.ended;
    expect(received).toEqual([]);
    expect(log.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
    expect(platform.health()).toMatchObject({ ok: false, detail: 'stopped' });
  });
});

describe('the stop', () => {
  it('waits for what is being written down, and takes nothing more', async () => {
    const { fake, platform, start, came, received } = await openDiscordPlatform();
    const { promise: written, resolve: write } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    await start(() => {
      begin();
      return written;
    });
    const from = fake.user();
    fake.sendText('hello', { from });
    await begun;
    let isStopped = false;
    const stopped = platform.stop().then(() => {
      isStopped = true;
    });
    fake.sendText('too late', { from });
    await fake.waitUntil(() => fake.gateway.notesOf('close').length === 1);
    await fetch(`${fake.apiUrl}/v10/gateway`); // whatever else could happen has
    expect(isStopped).toBe(false);
    write();
    await came(1);
    await stopped;
    expect(received).toHaveLength(1);
    await platform.ended;
  });

  it('waits for what is being acknowledged', async () => {
    const { fake, platform, start, came } = await openDiscordPlatform();
    await start();
    const release = fake.hold('create_interaction_response');
    const asked = fake.slash('about', {}, { by: fake.user() });
    await came(1);
    await fake.waitForCall('create_interaction_response', { unanswered: true });
    let isStopped = false;
    const stopped = platform.stop().then(() => {
      isStopped = true;
    });
    await fake.waitUntil(() => fake.gateway.notesOf('close').length === 1);
    await fetch(`${fake.apiUrl}/v10/gateway`); // whatever else could happen has
    expect(isStopped).toBe(false);
    release();
    await stopped;
    expect(fake.callsOf('create_interaction_response')).toMatchObject([{ status: 204 }]);
    expect(asked.acknowledgedAs).toBe(5);
    expect(fake.violations).toEqual([]);
  });
});
