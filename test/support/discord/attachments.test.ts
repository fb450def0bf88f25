import { type RawFile, REST } from 'discord.js';
import { expect, test } from 'vitest';
import { type FakeDiscord, startFakeDiscord } from './fake-discord.ts';

const V2 = 1 << 15;
const restOf = (fake: FakeDiscord) =>
  new REST({ api: fake.apiUrl, version: '10', retries: 0 }).setToken(fake.token);
const file = (name: string): RawFile => ({ name, data: Buffer.from(name) });
const gallery = (...names: string[]) => ({
  type: 12,
  items: names.map((name) => ({ media: { url: `attachment://${name}` }, spoiler: name === 'photo.png' })),
});

const box = (url: string) => ({ type: 13, file: { url } });

/** An interaction that was deferred for who asked alone, and what edits its answer. */
async function deferred(fake: FakeDiscord) {
  const rest = restOf(fake);
  const done = fake.slash('vibe', {}, { by: fake.user(), channel: fake.guild().general });
  const body = { type: 5, data: { flags: 64 } };
  await rest.post(`/interactions/${done.id}/${done.token}/callback`, { body, auth: false });
  const edit = (change: object, files: RawFile[] = []) =>
    rest.patch(`/webhooks/${fake.bot.id}/${done.token}/messages/@original`, {
      body: { flags: V2, ...change },
      files,
      auth: false,
    });
  return { done, edit };
}

test('an edit keeps the files it lists, and shows kept and new ones by their names', async () => {
  await using fake = await startFakeDiscord();
  const { done, edit } = await deferred(fake);
  await edit({ components: [gallery('photo.png')], attachments: [{ id: '0' }] }, [file('photo.png')]);
  expect(done.answer).toMatchObject({
    isEphemeral: true,
    isLoading: false,
    pictures: [{ name: 'photo.png', spoiler: true, bytes: Buffer.from('photo.png') }],
    // what components show is told there alone
    raw: { attachments: [] },
  });
  const id = done.answer?.components[0]?.items?.[0]?.media.attachment_id ?? '';
  const both = [gallery('heatmap.png', 'photo.png')];
  await edit({ components: both, attachments: [{ id }, { id: '0' }] }, [file('heatmap.png')]);
  expect(done.answer?.pictures.map(({ name, spoiler }) => [name, spoiler])).toEqual([
    ['heatmap.png', false],
    ['photo.png', true],
  ]);
  await edit({ components: [gallery('photo.png')] });
  expect([...(done.answer?.files.keys() ?? [])]).toEqual(['photo.png', 'heatmap.png']);
  await edit({ components: [gallery('photo.png')], attachments: [{ id }] });
  expect([...(done.answer?.files.keys() ?? [])]).toEqual(['photo.png']);
  expect(fake.violations).toEqual([]);
});

test('an edit finds no upload that it does not list; what it brings takes the place of what it does not name', async () => {
  await using fake = await startFakeDiscord();
  const { done, edit } = await deferred(fake);
  await expect(edit({ components: [gallery('a.png')] }, [file('a.png')])).rejects.toMatchObject({
    code: 50035,
  });
  expect(fake.violations[0]?.description).toContain('there is no file a.png');
  const text = { type: 10, content: 'x' };
  await edit({ components: [text, gallery('a.png')], attachments: [{ id: '0' }] }, [file('a.png')]);
  await edit({ components: [text] }, [file('b.png')]);
  expect([...(done.answer?.files.keys() ?? [])]).toEqual(['b.png']);
});

test('a file that is hidden says so in its flags, and what a kept one shows can be changed', async () => {
  await using fake = await startFakeDiscord();
  const rest = restOf(fake);
  const { id } = fake.guild().general;
  const sent = (await rest.post(`/channels/${id}/messages`, {
    body: { attachments: [{ id: '0', description: 'a', is_spoiler: true }] },
    files: [file('a.png')],
  })) as { id: string; attachments: { id: string }[] };
  expect(sent.attachments).toMatchObject([{ filename: 'a.png', description: 'a', flags: 8 }]);
  const attachments = [{ id: sent.attachments[0]?.id, description: 'b', is_spoiler: false }];
  const edited = await rest.patch(`/channels/${id}/messages/${sent.id}`, { body: { attachments } });
  expect(edited).toMatchObject({ attachments: [{ filename: 'a.png', description: 'b' }] });
  expect(edited).not.toMatchObject({ attachments: [{ flags: 8 }] });
  const { attachments: given } = fake.sendFiles(
    [
      { bytes: Buffer.from('x'), spoiler: true },
      { bytes: Buffer.from('x'), name: 'b.heic', flags: 8 },
      { bytes: Buffer.from('x'), name: 'SPOILER_c.png', flags: 0 },
    ],
    { from: fake.user() },
  );
  expect(given.map(({ filename, content_type, flags }) => [filename, content_type, flags])).toEqual([
    ['SPOILER_photo.jpg', 'image/jpeg', 8],
    ['b.heic', 'image/heic', 8],
    ['SPOILER_c.png', 'image/png', undefined],
  ]);
});

test('a file component shows a file of its message, and tells its name and size; no other address is good', async () => {
  await using fake = await startFakeDiscord();
  const { done, edit } = await deferred(fake);
  const attachments = [{ id: '0' }];
  await edit({ components: [box('attachment://a.json')], attachments }, [file('a.json')]);
  const [shown] = done.answer?.components ?? [];
  expect(shown).toMatchObject({ type: 13, name: 'a.json', size: 6, spoiler: false });
  expect(shown?.file).toMatchObject({ content_type: 'application/json; charset=utf-8' });
  expect(done.answer?.documents).toMatchObject([{ name: 'a.json', bytes: Buffer.from('a.json') }]);
  expect(done.answer).toMatchObject({ pictures: [], raw: { attachments: [] } });
  const response = await fetch(shown?.file?.url ?? '');
  expect(await response.text()).toBe('a.json');
  // what an edit does not name stays as it is
  await edit({});
  expect(done.answer?.documents).toMatchObject([{ name: 'a.json', bytes: Buffer.from('a.json') }]);
  expect(done.answer?.components[0]).toMatchObject({ name: 'a.json', size: 6 });
  expect(fake.violations).toEqual([]);
  for (const url of ['attachment://b.json', 'https://x.org/a.json']) {
    await expect(edit({ components: [box(url)] })).rejects.toMatchObject({ code: 50035 });
  }
  expect(fake.violations.map(({ description }) => description)).toEqual([
    expect.stringContaining('there is no file b.json'),
    expect.stringContaining('a scheme that cannot be used here'),
  ]);
});
