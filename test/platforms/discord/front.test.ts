import { describe, expect, it } from 'vitest';
import { openDiscordPlatform } from '../../support/discord-open-platform.ts';
import { cardOf, RED } from '../../support/discord-outlet.ts';

const ACKNOWLEDGE = 'create_interaction_response';
const PATCH = 'update_original_webhook_message';
const CARD = cardOf('words', { 'jazz.jpg': RED });
const IMAGE = { image: { bytes: RED } };

/** A started platform, and a server with somebody in it. */
async function open(receive?: Parameters<Awaited<ReturnType<typeof openDiscordPlatform>>['start']>[0]) {
  const opened = await openDiscordPlatform();
  const { fake, start } = opened;
  await start(receive);
  const before = fake.calls.length;
  const calls = () => fake.calls.slice(before);
  return { ...opened, calls, by: fake.user(), channel: fake.guild().general };
}

describe('an interaction', () => {
  it('is acknowledged before all else, whatever becomes of it', async () => {
    const { promise: written, resolve: write } = Promise.withResolvers<void>();
    const { fake, by, channel, calls, received, came } = await open(() => written);
    const asked = fake.slash('vibe', IMAGE, { by, channel });
    await fake.waitUntil(() => asked.acknowledgedAs === 5);
    expect(asked.answer).toMatchObject({ isLoading: true, isEphemeral: false });
    expect(calls()).toMatchObject([{ method: ACKNOWLEDGE, params: { type: 5 } }]);
    expect(calls()[0]?.params).not.toHaveProperty('data');
    expect(calls()[0]?.headers['authorization']).toBeUndefined();
    expect(received).toEqual([]);
    write();
    expect(await came(1)).toMatchObject({ call: { command: 'vibe' }, asker: { id: by.id } });
    expect(fake.violations).toEqual([]);
  });

  it('shows "is thinking" to nobody else where the answer is for nobody else', async () => {
    const { fake, by, channel, calls } = await open();
    const photo = fake.sendFiles([{ bytes: RED }], { from: fake.user(), channel });
    const all = [
      fake.slash('vibe', { ...IMAGE, private: true }, { by, channel }),
      fake.slash('about', {}, { by, channel }),
      fake.useOnMessage('Get the vibe', photo, { by }),
      fake.slash('vibe', { ...IMAGE, private: false }, { by, channel }),
      // there is nobody else
      fake.slash('vibe', { ...IMAGE, private: true }, { by }),
    ];
    await fake.waitUntil(() => all.every(({ acknowledgedAs }) => acknowledgedAs === 5));
    const flags = new Map(calls().map(({ path, params }) => [path['interaction_id'], params['data']]));
    const private_ = { flags: 64 };
    expect(all.map(({ id }) => flags.get(id))).toEqual([private_, private_, private_, undefined, undefined]);
    expect(fake.violations).toEqual([]);
  });

  it.each([true, false])(
    'leaves a message as it is whose button is pressed (private: %s)',
    async (isPrivate) => {
      const { fake, platform, by, channel, came, signal } = await open();
      const asked = fake.slash('vibe', { ...IMAGE, private: isPrivate }, { by, channel });
      const { messageId } = await platform.outlet.post(await came(1), CARD, signal);
      const pressed = fake.press({ id: messageId }, 'Why?', by);
      await came(2);
      await fake.waitUntil(() => pressed.acknowledgedAs === 6);
      const last = fake.callsOf(ACKNOWLEDGE).at(-1);
      expect(last?.params).toEqual({ type: 6 });
      expect(asked.answer).toMatchObject({ isEphemeral: isPrivate, isLoading: false, edits: 1 });
      expect(fake.violations).toEqual([]);
    },
  );
});

describe('an acknowledgement that goes wrong', () => {
  it.each([
    ['is not heard', { kind: 'drop' }, [0, 204]],
    ['is taken, and nobody hears of that', { kind: 'drop-reply' }, [0, 400]],
    ['meets Discord in trouble', { kind: 'answer', status: 500, body: '' }, [500, 204]],
    ['meets a gateway’s page', { kind: 'answer', status: 502, body: '<html>' }, [502, 204]],
    ['comes too soon', { kind: 'rate-limit', retryAfter: 0.5 }, [429, 204]],
  ] as const)('is sent again when it %s, and the answer comes', async (_name, fault, statuses) => {
    const { fake, platform, by, channel, came, log, signal } = await open();
    fake.fail({ method: ACKNOWLEDGE, ...fault });
    const asked = fake.slash('vibe', { ...IMAGE, private: true }, { by, channel });
    await platform.outlet.post(await came(1), CARD, signal);
    expect(fake.callsOf(ACKNOWLEDGE).map(({ status }) => status)).toEqual(statuses);
    expect(asked.answer).toMatchObject({ isEphemeral: true, isLoading: false, pictures: [{ bytes: RED }] });
    expect(log.lines.filter(({ level }) => level !== 'info')).toEqual([]);
  });

  it('is not sent again when it is late: all get the answer in the channel, and nobody a private one', async () => {
    const { fake, platform, by, channel, came, log, signal } = await open();
    const late = { by, channel, deadlineMs: -1 };
    const asked = fake.slash('vibe', IMAGE, late);
    await platform.outlet.post(await came(1), CARD, signal);
    expect(fake.messagesIn(channel)).toMatchObject([{ text: '## Jazz\nwords', pictures: [{ bytes: RED }] }]);
    fake.slash('vibe', { ...IMAGE, private: true }, late);
    await expect(platform.outlet.post(await came(2), CARD, signal)).rejects.toMatchObject({
      failure: { kind: 'gone' },
    });
    expect(fake.callsOf(ACKNOWLEDGE).map(({ code }) => code)).toEqual([10_062, 10_062]);
    expect(fake.callsOf(PATCH)).toEqual([]);
    expect(asked.acknowledgedAs).toBeUndefined();
    const warnings = log.lines.filter(({ level }) => level === 'warn');
    expect(warnings).toHaveLength(2);
    expect(warnings[0]?.details).toEqual({ reason: expect.stringContaining('10062') });
    expect(fake.violations).toEqual([]);
  });

  it.each([
    ['though it was taken', { kind: 'drop-reply', times: 9 }, true],
    ['and was not taken', { kind: 'drop', times: 9 }, false],
  ] as const)(
    'is no reason not to answer where nobody says whether it was taken, %s',
    async (_, fault, isTaken) => {
      const { fake, platform, by, channel, came, signal } = await open();
      fake.fail({ method: ACKNOWLEDGE, ...fault });
      const mine = fake.slash('vibe', { ...IMAGE, private: true }, { by, channel });
      const post = platform.outlet.post(await came(1), CARD, signal);
      if (isTaken) await post;
      else await expect(post).rejects.toMatchObject({ failure: { kind: 'gone' } });
      expect(mine.answer?.isLoading).toBe(isTaken ? false : undefined);
      fake.fail({ method: ACKNOWLEDGE, ...fault });
      const ours = fake.slash('vibe', IMAGE, { by, channel });
      const { messageId } = await platform.outlet.post(await came(2), CARD, signal);
      expect(fake.message(messageId)).toMatchObject({ channelId: channel.id, pictures: [{ bytes: RED }] });
      expect(ours.answer?.id).toBe(isTaken ? messageId : undefined);
      expect(fake.violations).toEqual([]);
    },
  );

  it('is given up when Discord waits no longer, and the answer goes through the channel', async () => {
    const { fake, platform, by, channel, came, log, signal } = await open();
    fake.hold(ACKNOWLEDGE);
    fake.slash('vibe', IMAGE, { by, channel });
    const { messageId } = await platform.outlet.post(await came(1), CARD, signal);
    expect(fake.callsOf(ACKNOWLEDGE)).toMatchObject([{ status: 0 }]);
    expect(fake.message(messageId)).toMatchObject({ text: '## Jazz\nwords', channelId: channel.id });
    await log.written('could not be acknowledged');
    expect(fake.violations).toEqual([]);
  });
});
