import { describe, expect, it } from 'vitest';
import type { Acting } from '../../support/discord/interact.ts';
import { BOT_PERMISSIONS, Permission } from '../../support/discord/permission.ts';
import type { Asked } from '../../support/discord-outlet.ts';
import { BLUE, cardOf, openDiscordOutlet, RED, takeIn } from '../../support/discord-outlet.ts';
import { failureOf } from '../../support/telegram-connection.ts';

type Opened = Awaited<ReturnType<typeof openDiscordOutlet>>;

const PATCH = 'update_original_webhook_message';
const ONE = cardOf('one', { 'jazz.jpg': RED });
const TWO = cardOf('two', { 'rock.jpg': BLUE });
const GONE = { failure: { kind: 'gone' } };

/** What ends a token's life, or shows that it never began. */
const OVER: readonly (readonly [string, (opened: Opened, asked: Asked) => void])[] = [
  [
    'by our own calendar',
    ({ time }) => {
      time.now += 14 * 60_000 + 1000;
    },
  ],
  ['as Discord says', (_, { interaction }) => interaction.expire(50_027)],
  ['and Discord does not know it any more', (_, { interaction }) => interaction.expire(10_015)],
  [
    'and was never taken',
    ({ acknowledgements }, { interaction }) => acknowledgements.add(interaction.id, Promise.resolve(false)),
  ],
];

async function open(acting: (opened: Opened) => Partial<Acting> & { readonly private?: boolean }) {
  const opened = await openDiscordOutlet();
  const asked = await opened.ask(acting(opened));
  return { ...opened, asked, request: asked.request };
}

describe.each(OVER)('where the token is over %s', (_name, end) => {
  it.each([
    ['a server', () => ({})],
    ['the chat with the bot', ({ fake }: Opened) => ({ channel: fake.dm(fake.user()) })],
  ])('an answer that all may see is edited through the channel, in %s', async (_where, acting) => {
    const { fake, outlet, asked, request, signal, ...opened } = await open(acting);
    const posted = await outlet.post(request, ONE, signal);
    end({ fake, outlet, signal, ...opened }, asked);
    const edited = await outlet.edit(request, posted, TWO, signal);
    expect(edited).toMatchObject({ messageId: posted.messageId, imageName: 'rock.jpg' });
    expect(fake.message(posted.messageId)).toMatchObject({
      text: '## Jazz\ntwo',
      pictures: [{ bytes: BLUE }],
    });
    const [call] = fake.callsOf('update_message');
    expect([call?.status, call?.headers['authorization']]).toEqual([200, `Bot ${fake.token}`]);
    expect(fake.violations).toEqual([]);
  });

  it('one that was never shown comes as a message, and once however often it is posted', async () => {
    const opened = await open(() => ({}));
    const { fake, outlet, asked, request, cards, signal } = opened;
    end(opened, asked);
    fake.fail({ method: 'create_message', kind: 'drop-reply' });
    const posted = await outlet.post(request, ONE, signal);
    expect(await outlet.post(request, ONE, signal)).toEqual(posted);
    const shown = cards({ id: request.chat.id }).filter(({ isLoading }) => !isLoading);
    expect(shown).toMatchObject([
      { id: posted.messageId, text: '## Jazz\none', replyTo: undefined, pictures: [{ bytes: RED }] },
    ]);
    expect(fake.callsOf('create_message')).toHaveLength(3);
    for (const { params } of fake.callsOf('create_message')) {
      expect(params).toMatchObject({ nonce: asked.interaction.id, enforce_nonce: true });
    }
    expect(fake.violations).toEqual([]);
  });

  it.each([
    ['only who asked sees it', () => ({ private: true })],
    [
      'the bot is a guest in the server',
      ({ fake }: Opened) => ({ channel: fake.guild({ bot: false }).general }),
    ],
    [
      'the bot is a guest between people',
      ({ fake }: Opened) => ({ channel: fake.privateChannel(fake.user(), fake.user()) }),
    ],
    ['the bot may not write there', () => ({ appPermissions: BOT_PERMISSIONS & ~Permission.sendMessages })],
  ])('there is no answer where %s', async (_where, acting) => {
    const opened = await open(acting);
    const { fake, outlet, asked, request, signal } = opened;
    const posted = await outlet.post(request, ONE, signal);
    end(opened, asked);
    expect(await failureOf(outlet.edit(request, posted, TWO, signal))).toMatchObject(GONE);
    expect(await failureOf(outlet.post(request, ONE, signal))).toMatchObject(GONE);
    expect([...fake.callsOf('create_message'), ...fake.callsOf('update_message')]).toEqual([]);
    expect(fake.message(posted.messageId).text).toBe('## Jazz\none');
    expect(fake.violations).toEqual([]);
  });
});

it('is not even tried by a token that is known to be over, or was never taken', async () => {
  for (const [, end] of [OVER[0], OVER[3]].filter((each) => each !== undefined)) {
    const opened = await open(() => ({}));
    const { fake, outlet, asked, request, signal } = opened;
    end(opened, asked);
    await outlet.post(request, ONE, signal);
    expect(fake.callsOf(PATCH)).toEqual([]);
  }
});

it('changes the message that was pressed, after the press’s token is over', async () => {
  const { fake, outlet, ask, press, signal } = await openDiscordOutlet();
  const posted = await outlet.post((await ask()).request, ONE, signal);
  const { interaction, request } = await press(posted.messageId, fake.user());
  interaction.expire();
  const pressed = { messageId: posted.messageId, imageName: null, image: null };
  await outlet.edit(request, pressed, ONE, signal);
  expect(fake.callsOf('update_message')).toMatchObject([{ status: 200, files: [] }]);
  expect(fake.message(posted.messageId).pictures).toMatchObject([{ bytes: RED }]);
  expect(fake.violations).toEqual([]);
});

describe('an answer and its acknowledgement', () => {
  it('come in this order, however long that takes', async () => {
    const { fake, outlet, acknowledgements, acknowledge, signal } = await openDiscordOutlet();
    const by = fake.user();
    const interaction = fake.slash('vibe', {}, { by, channel: fake.guild().general });
    const { request } = takeIn(interaction);
    const release = fake.hold('create_interaction_response');
    const taking = acknowledge(interaction);
    acknowledgements.add(
      interaction.id,
      taking.then(() => true),
    );
    const posted = outlet.post(request, ONE, signal);
    await fake.waitForCall('create_interaction_response', { unanswered: true });
    await outlet.ping(signal); // what does not wait goes on meanwhile
    expect(fake.callsOf(PATCH)).toEqual([]);
    release();
    await posted;
    expect(fake.calls.map(({ method, status }) => [method, status])).toEqual([
      ['create_interaction_response', 204],
      ['get_my_user', 200],
      [PATCH, 200],
    ]);
    expect(interaction.answer?.text).toBe('## Jazz\none');
    expect(fake.violations).toEqual([]);
  });

  it('are strangers to each other where another run of the program has acknowledged it', async () => {
    const { fake, outlet, ask, acknowledgements, signal } = await openDiscordOutlet();
    const [before, other] = [await ask(), await ask()];
    acknowledgements.add(other.interaction.id, new Promise(() => {}));
    await outlet.post(before.request, ONE, signal);
    expect(before.interaction.answer?.text).toBe('## Jazz\none');
    expect(fake.violations).toEqual([]);
  });
});
