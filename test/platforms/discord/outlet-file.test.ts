import { describe, expect, it } from 'vitest';
import type { Card } from '../../../src/core/card.ts';
import { createDiscordOutlet } from '../../../src/platforms/discord/outlet.ts';
import { BOT_PERMISSIONS, Permission } from '../../support/discord/permission.ts';
import { cardOf, openDiscordOutlet } from '../../support/discord-outlet.ts';
import { encode, file } from '../../support/telegram-cards.ts';

type Opened = Awaited<ReturnType<typeof openDiscordOutlet>>;

const NAME = 'all-of-it.json';
const DATA = Buffer.from('{"votes":[]}');
const SHOWN = [{ name: NAME, bytes: DATA, spoiler: false }];
const WAYS: readonly (readonly [
  string,
  (opened: Opened) => Promise<Parameters<Opened['outlet']['post']>[0]>,
])[] = [
  ['an answer to a command', async ({ ask }) => (await ask()).request],
  ['an answer that only the asker sees', async ({ ask }) => (await ask({ private: true })).request],
  [
    'an answer in the chat with the bot',
    async ({ ask, fake }) => {
      const by = fake.user();
      return (await ask({ by, channel: fake.dm(by) })).request;
    },
  ],
  ['a reply in a channel', async ({ write }) => write().request],
  ['a reply in the chat with the bot', async ({ write, fake }) => write(fake.dm(fake.user())).request],
];

function fileCard(words: string, bytes: Uint8Array = DATA, name = NAME): Card {
  const card = cardOf(words);
  return { ...card, blocks: [...card.blocks, file(bytes, name)] };
}

describe.each(WAYS)('a file in %s', (_way, requestBy) => {
  async function open() {
    const opened = await openDiscordOutlet();
    const request = await requestBy(opened);
    const uploads = () => opened.fake.calls.flatMap(({ files }) => files.map(({ fileName }) => fileName));
    return { ...opened, request, uploads };
  }

  it('is shown beneath the words, with all its bytes', async () => {
    const { fake, outlet, request, signal } = await open();
    const posted = await outlet.post(request, fileCard('words'), signal);
    const message = fake.message(posted.messageId);
    expect(message).toMatchObject({ text: '## Jazz\nwords', documents: SHOWN, pictures: [] });
    expect(message.components[0]?.components?.map(({ type }) => type)).toEqual([10, 10, 13, 1]);
    // nowhere else
    expect(message.raw.attachments).toEqual([]);
    expect(posted).toMatchObject({ imageName: NAME, image: [{ name: NAME }] });
    const { url = '' } = message.documents[0] ?? {};
    expect(Buffer.from(await (await fetch(url)).arrayBuffer())).toEqual(DATA);
    expect(fake.violations).toEqual([]);
  });

  it('stays when the words change, sent once', async () => {
    const { fake, outlet, request, uploads, signal } = await open();
    const posted = await outlet.post(request, fileCard('one'), signal);
    // as the inbox gives it back
    for (const known of [posted, JSON.parse(JSON.stringify(posted)) as typeof posted]) {
      expect(await outlet.edit(request, known, fileCard('two'), signal)).toEqual(posted);
    }
    expect(fake.message(posted.messageId)).toMatchObject({ text: '## Jazz\ntwo', documents: SHOWN });
    expect(uploads()).toEqual([NAME]);
    expect(fake.violations).toEqual([]);
  });

  it('comes into a message that had only words, and another one in its place', async () => {
    const { fake, outlet, request, uploads, signal } = await open();
    const posted = await outlet.post(request, cardOf('one moment'), signal);
    const second = await outlet.edit(request, posted, fileCard('two'), signal);
    expect(second).toMatchObject({ messageId: posted.messageId, imageName: NAME });
    expect(fake.message(posted.messageId)).toMatchObject({ documents: SHOWN });
    await outlet.edit(request, second, fileCard('three', Buffer.from('[]'), 'b.json'), signal);
    const message = fake.message(posted.messageId);
    expect(message).toMatchObject({ documents: [{ name: 'b.json', bytes: Buffer.from('[]') }] });
    expect([...message.files.keys()]).toEqual(['b.json']);
    expect(uploads()).toEqual([NAME, 'b.json']);
    expect(fake.violations).toEqual([]);
  });
});

it('a file is known by the press on its message, and not sent again', async () => {
  const { fake, outlet, ask, press, call, acknowledgements, time, signal } = await openDiscordOutlet();
  const { messageId } = await outlet.post((await ask()).request, fileCard('one'), signal);
  // the next start of the program, which has shown nothing yet
  const next = createDiscordOutlet({ call, encode, acknowledgements, calendar: () => time.now });
  const { request } = await press(messageId, fake.user());
  const pressed = { messageId, imageName: null, image: null };
  expect(await next.edit(request, pressed, fileCard('two'), signal)).toMatchObject({ imageName: NAME });
  expect(fake.calls.at(-1)?.files).toEqual([]);
  expect(fake.message(messageId)).toMatchObject({ text: '## Jazz\ntwo', documents: SHOWN });
  expect(fake.violations).toEqual([]);
});

it('a file that is larger than Discord takes here is said in words', async () => {
  const { fake, outlet, ask, signal } = await openDiscordOutlet();
  const fits = await ask({ attachmentSizeLimit: DATA.length });
  await outlet.post(fits.request, fileCard('x'), signal);
  expect(fits.interaction.answer?.documents).toMatchObject(SHOWN);
  const { interaction, request } = await ask({ attachmentSizeLimit: DATA.length - 1 });
  const posted = await outlet.post(request, fileCard('x'), signal);
  expect(interaction.answer).toMatchObject({ text: '## Jazz\nx\nAll of it', documents: [] });
  expect(interaction.answer?.buttons).toHaveLength(1);
  expect(posted).toMatchObject({ imageName: null, image: null });
  expect(fake.violations).toEqual([]);
});

it('a file is said in words where the bot may attach none', async () => {
  const { fake, outlet, write, signal } = await openDiscordOutlet();
  const { general } = fake.guild();
  fake.allowBot(general, BOT_PERMISSIONS & ~Permission.attachFiles);
  const posted = await outlet.post(write(general).request, fileCard('x'), signal);
  expect(fake.message(posted.messageId)).toMatchObject({ text: '## Jazz\nx\nAll of it', documents: [] });
  expect(fake.violations).toEqual([]);
});
