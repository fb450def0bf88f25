import { describe, expect, it } from 'vitest';
import { openDiscordScene, PHOTO } from '../../support/discord-scene.ts';

const ACKNOWLEDGE = 'create_interaction_response';
const PATCH = 'update_original_webhook_message';
const IMAGE = { image: { bytes: PHOTO } };

/** With the core, somebody in a server. */
async function open() {
  const scene = await openDiscordScene();
  const { fake } = scene;
  const before = fake.calls.length;
  const methods = () => fake.calls.slice(before).map(({ method }) => method);
  return { ...scene, methods, by: fake.user(), channel: fake.guild().general };
}

describe('the answer to a command', () => {
  it('begins with the acknowledgement, and is read while that is on its way, but not shown', async () => {
    const { fake, by, channel, methods, answered } = await open();
    const release = fake.hold(ACKNOWLEDGE);
    const asked = fake.slash('vibe', IMAGE, { by, channel });
    await fake.waitForCall('file');
    expect(methods()).toEqual([ACKNOWLEDGE, 'file']);
    release();
    const card = await answered(asked);
    expect(methods().slice(0, 3)).toEqual([ACKNOWLEDGE, 'file', PATCH]);
    expect(card.pictures).toHaveLength(2);
  });

  it('comes as one message for all when the acknowledgement was late', async () => {
    const { fake, by, channel, cardsIn, until } = await open();
    fake.slash('vibe', IMAGE, { by, channel, deadlineMs: -1 });
    await fake.waitUntil(() => cardsIn(channel).length === 1);
    const [card] = cardsIn(channel);
    const whole = await until(card?.id ?? '', ({ text }) => text.includes('Why this photo'));
    expect(whole).toMatchObject({ isEphemeral: false, pictures: [{}, {}] });
    expect(cardsIn(channel)).toHaveLength(1);
    expect(fake.callsOf(PATCH)).toEqual([]);
  });

  it('comes nowhere when nobody else was to see it, and is not tried again', async () => {
    const { fake, core, by, channel, cardsIn, answered } = await open();
    fake.slash('vibe', { ...IMAGE, private: true }, { by, channel, deadlineMs: -1 });
    await fake.waitForCall('file');
    await answered(fake.slash('vibe', IMAGE, { by: fake.user() }));
    await core.stop();
    expect(cardsIn(channel)).toEqual([]);
    expect((await core.inbox.depth()).photo).toEqual({ waiting: 0, running: 0 });
    expect(core.counted).toContainEqual({ name: 'undeliverable', platform: 'discord' });
  });
});
