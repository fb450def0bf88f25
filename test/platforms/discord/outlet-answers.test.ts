import { describe, expect, it } from 'vitest';
import { MEMBER_PERMISSIONS, Permission } from '../../support/discord/permission.ts';
import { openDiscordOutlet } from '../../support/discord-outlet.ts';
import { failureOf } from '../../support/telegram-connection.ts';

describe('the sign that an answer is on its way', () => {
  it('is shown where somebody wrote; what answers a command has one of its own', async () => {
    const { fake, outlet, ask, write, signal } = await openDiscordOutlet();
    const { message, request } = write();
    await outlet.working(request, signal);
    await outlet.working((await ask()).request, signal);
    expect(fake.callsOf('trigger_typing_indicator')).toMatchObject([
      { status: 204, path: { channel_id: message.channel_id } },
    ]);
    expect(fake.violations).toEqual([]);
  });

  it('is no failure whatever happens to it, and is not tried again', async () => {
    const { fake, outlet, write, signal } = await openDiscordOutlet();
    const { request } = write();
    const faults = [
      { kind: 'drop' },
      { kind: 'answer', status: 502, body: 'x' },
      { kind: 'refuse', status: 403, code: 50_013 },
      { kind: 'rate-limit', retryAfter: 60 },
    ] as const;
    for (const fault of faults) {
      fake.fail({ method: 'trigger_typing_indicator', ...fault });
      await outlet.working(request, signal);
    }
    await outlet.working(request, AbortSignal.abort());
    expect(fake.callsOf('trigger_typing_indicator')).toHaveLength(4);
  });
});

it('asks whether Discord is there', async () => {
  const { fake, outlet, signal } = await openDiscordOutlet();
  await outlet.ping(signal);
  expect(fake.callsOf('get_my_user')).toMatchObject([{ status: 200 }]);
  await fake.close();
  expect(await failureOf(outlet.ping(signal))).toMatchObject({ failure: { kind: 'later' } });
});

describe('who may choose for a whole server', () => {
  it.each([
    ['who manages it', MEMBER_PERMISSIONS | Permission.manageGuild, true],
    ['its administrators', Permission.administrator, true],
    ['not its members', MEMBER_PERMISSIONS, false],
    ['not who manages messages', MEMBER_PERMISSIONS | Permission.manageMessages, false],
    ['not who may do nothing', 0n, false],
  ])('are %s', async (_name, permissions, may) => {
    const { fake, outlet, ask, signal } = await openDiscordOutlet();
    const [guild, by] = [fake.guild(), fake.user()];
    fake.member(guild, by, { permissions });
    // in any channel of it
    const { request } = await ask({ by, channel: fake.thread(guild.general) });
    const calls = fake.calls.length;
    expect(await outlet.mayManage(request, signal)).toBe(may);
    expect(fake.calls).toHaveLength(calls);
  });

  it('is its owner, nobody outside of servers, and nobody by writing', async () => {
    const { fake, outlet, ask, write, signal } = await openDiscordOutlet();
    const owner = fake.user();
    const own = await ask({ by: owner, channel: fake.guild({ owner }).general });
    const alone = await ask({ by: owner, channel: fake.dm(owner) });
    const requests = [own.request, alone.request, write().request];
    const may = await Promise.all(requests.map((request) => outlet.mayManage(request, signal)));
    expect(may).toEqual([true, false, false]);
  });
});

it('has no searches', async () => {
  const { fake, outlet, ask, signal } = await openDiscordOutlet();
  const finds = { kind: 'finds', language: 'en', finds: [], hint: 'x' } as const;
  await expect(outlet.offer((await ask()).request, finds, signal)).rejects.toThrow('no searches');
  expect(fake.violations).toEqual([]);
});

it('takes an address from the disk only as it wrote it', async () => {
  const { fake, outlet, ask, signal } = await openDiscordOutlet();
  const { request } = await ask();
  const torn = { ...request, address: { kind: 'interaction' } };
  await expect(outlet.mayManage(torn, signal)).rejects.toThrow();
  expect(fake.callsOf()).toHaveLength(1);
});
