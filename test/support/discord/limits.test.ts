import type { DiscordAPIError } from 'discord.js';
import { REST } from 'discord.js';
import { expect, test } from 'vitest';
import { type FakeDiscord, startFakeDiscord } from './fake-discord.ts';

const V2 = 1 << 15;
const TEXT = { type: 10, content: 'x' };
const restOf = (fake: FakeDiscord) => new REST({ api: fake.apiUrl, version: '10' }).setToken(fake.token);

/** What is wrong with a message or a command by the server's word, where it is and what it is called. */
async function problemsOf(deed: Promise<unknown>): Promise<string[]> {
  const error = await deed.then(
    () => undefined,
    (refusal: DiscordAPIError) => refusal,
  );
  if (!error) return [];
  const { code, errors } = error.rawError as { code: number; errors?: object };
  return code === 50035 ? flatten(errors, '') : [`${code}`];
}

function flatten(errors: unknown, path: string): string[] {
  if (typeof errors !== 'object' || errors === null) return [];
  return Object.entries(errors).flatMap(([key, value]) =>
    key === '_errors'
      ? (value as { code: string }[]).map(({ code }) => `${path} ${code}`)
      : flatten(value, path ? `${path}.${key}` : key),
  );
}

test('bodies are held against Discord’s document: a misspelled field and a missing one are refused', async () => {
  await using fake = await startFakeDiscord();
  const rest = restOf(fake);
  const post = (body: object) =>
    problemsOf(rest.post(`/channels/${fake.guild().general.id}/messages`, { body }));
  expect(await post({ contnt: 'x' })).toEqual(['contnt UNKNOWN_FIELD']);
  expect(await post({ flags: V2, components: [{ type: 10 }] })).toEqual([
    'components.0.content BASE_TYPE_REQUIRED',
  ]);
  expect(
    await post({ flags: V2, components: [{ type: 17, components: [{ ...TEXT, contents: 'x' }] }] }),
  ).toEqual(['components.0.components.0.contents UNKNOWN_FIELD']);
  expect(await post({ content: 'x', allowed_mentions: { parse: ['nobody'] } })).toEqual([
    'allowed_mentions.parse.0 CONST',
  ]);
  expect(await problemsOf(rest.post('/interactions/1/x/callback', { body: { typ: 5 } }))).toEqual([
    'type BASE_TYPE_REQUIRED',
  ]);
  // the same goes for the JSON that comes with files
  const files = [{ name: 'a.png', data: Buffer.from('x') }];
  const withFile = rest.post(`/channels/${fake.guild().general.id}/messages`, {
    body: { attachments: [{ idd: '0' }] },
    files,
  });
  expect(await problemsOf(withFile)).toEqual([
    'attachments.0.id BASE_TYPE_REQUIRED',
    'attachments.0.idd UNKNOWN_FIELD',
  ]);
  await expect(rest.get('/no/such/thing')).rejects.toMatchObject({ status: 404 });
  await expect(rest.get('/gateway', { query: new URLSearchParams({ x: 'y' }) })).rejects.toMatchObject({
    code: 50035,
  });
  expect(fake.violations).toHaveLength(8);
  expect(fake.violations[0]).toMatchObject({
    method: 'create_message',
    description: '50035 Invalid Form Body contnt: no such field',
  });
  expect(() => fake.callsOf('sendMessage')).toThrow('no operation of Discord');
});

test('messages: limits the document does not tell', async () => {
  await using fake = await startFakeDiscord();
  const rest = restOf(fake);
  const { id } = fake.guild().general;
  const post = (body: object, files: { name: string; data: Buffer }[] = []) =>
    problemsOf(rest.post(`/channels/${id}/messages`, { body, files }));
  const show = (...components: object[]) => post({ flags: V2, components });
  const button = (more: object) =>
    show({ type: 1, components: [{ type: 2, style: 1, label: 'x', ...more }] });
  expect(await post({ content: 'x'.repeat(2001) })).toEqual(['content BASE_TYPE_MAX_LENGTH']);
  expect(await post({})).toEqual(['50006']);
  expect(await post({ content: 'x', flags: V2, components: [TEXT] })).toEqual([
    'content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  ]);
  expect(await post({ components: [TEXT] })).toContain('components.0 COMPONENT_TYPE_INVALID');
  expect(await show({ type: 17, components: Array.from({ length: 40 }, () => TEXT) })).toEqual([
    'components COMPONENT_MAX_TOTAL_COUNT_EXCEEDED',
  ]);
  expect(await show({ ...TEXT, content: 'x'.repeat(2500) }, { ...TEXT, content: 'x'.repeat(1501) })).toEqual([
    'components COMPONENT_MAX_TOTAL_TEXT_SIZE_EXCEEDED',
  ]);
  expect(await button({ custom_id: 'x', url: 'https://x.org' })).toEqual([
    'components.0.components.0.url BUTTON_COMPONENT_FIELDS',
  ]);
  expect(await button({ style: 5, custom_id: 'x' })).toHaveLength(2);
  expect(await button({ custom_id: 'x'.repeat(101) })).toEqual([
    'components.0.components.0.custom_id BASE_TYPE_MAX_LENGTH',
  ]);
  const twin = { type: 2, style: 1, label: 'x', custom_id: 'x' };
  expect(await show({ type: 1, components: [twin, twin] })).toEqual([
    'components.0.components.1.custom_id COMPONENT_CUSTOM_ID_DUPLICATED',
  ]);
  const six = Array.from({ length: 6 }, (_, index) => ({ ...twin, custom_id: `${index}` }));
  expect(await show({ type: 1, components: six })).toEqual(['components.0.components BASE_TYPE_BAD_LENGTH']);
  const options = Array.from({ length: 26 }, (_, index) => ({ label: 'x', value: `${index}` }));
  expect(await show({ type: 1, components: [{ type: 3, custom_id: 'x', options }] })).toEqual([
    'components.0.components.0.options BASE_TYPE_BAD_LENGTH',
  ]);
  const item = { media: { url: 'attachment://a.png' }, description: 'x' };
  expect(await show({ type: 12, items: [item] })).toEqual([
    'components.0.items.0.media.url UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
  ]);
  expect(await show({ type: 12, items: [] })).toEqual(['components.0.items BASE_TYPE_BAD_LENGTH']);
  expect(
    await show({
      type: 12,
      items: [{ media: { url: 'https://x.org/a.png' }, description: 'x'.repeat(1025) }],
    }),
  ).toEqual(['components.0.items.0.description BASE_TYPE_MAX_LENGTH']);
  expect(
    await post({ attachments: [{ id: '1' }], content: 'x' }, [{ name: 'a', data: Buffer.from('x') }]),
  ).toEqual(['attachments.0.id ATTACHMENT_NOT_FOUND']);
  expect(await post({}, [{ name: 'a', data: Buffer.alloc(10 * 1024 * 1024 + 1) }])).toEqual(['40005']);
  expect(await post({ content: 'x', flags: 64 })).toEqual(['flags MESSAGE_FLAGS_INVALID']);
  expect(await post({ content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } })).toEqual([
    'allowed_mentions MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
  ]);
  expect(fake.messagesIn({ id })).toEqual([]);

  const sent = (await rest.post(`/channels/${id}/messages`, { body: { flags: V2, components: [TEXT] } })) as {
    id: string;
  };
  const edit = (body: object) => problemsOf(rest.patch(`/channels/${id}/messages/${sent.id}`, { body }));
  expect(await edit({ flags: 0 })).toEqual(['flags MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG']);
  expect(await edit({ content: 'x' })).toEqual([
    'content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  ]);
  expect(await edit({ components: [] })).toEqual(['50006']);
  expect(await edit({ components: [TEXT] })).toEqual([]);
});

test('commands: names, languages and the order of options', async () => {
  await using fake = await startFakeDiscord();
  const put = (...body: object[]) =>
    problemsOf(restOf(fake).put(`/applications/${fake.bot.id}/commands`, { body }));
  const vibe = { name: 'vibe', description: 'x' };
  const option = { type: 3, name: 'genre', description: 'x' };
  expect(await put({ ...vibe, name: 'Vibe' })).toEqual(['0.name APPLICATION_COMMAND_INVALID']);
  expect(await put({ name: 'vibe' })).toEqual(['0.description APPLICATION_COMMAND_INVALID']);
  expect(await put({ ...vibe, type: 3 })).toEqual(['0.description APPLICATION_COMMAND_INVALID']);
  expect(await put({ ...vibe, description: 'x'.repeat(101) })).toContain(
    '0.description BASE_TYPE_MAX_LENGTH',
  );
  expect(await put({ ...vibe, description_localizations: { ar: 'x' } })).toEqual([
    '0.description_localizations.ar UNKNOWN_LOCALE',
  ]);
  expect(await put({ ...vibe, name_localizations: { de: 'Stimmung!' } })).toEqual([
    '0.name_localizations.de APPLICATION_COMMAND_INVALID',
  ]);
  expect(await put(vibe, vibe)).toEqual([' APPLICATION_COMMANDS_DUPLICATE_NAME']);
  expect(await put({ ...vibe, options: [option, { ...option, name: 'x', required: true }] })).toEqual([
    '0.options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
  ]);
  expect(await put({ ...vibe, options: [option, option] })).toEqual([
    '0.options APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
  ]);
  expect(
    await put({
      ...vibe,
      options: Array.from({ length: 26 }, (_, index) => ({ ...option, name: `x${index}` })),
    }),
  ).toEqual(['0.options BASE_TYPE_BAD_LENGTH']);
  expect(await put({ ...vibe, options: [{ ...option, type: 11, file_types: ['image', '.heic'] }] })).toEqual(
    [],
  );
  expect(await put({ ...vibe, options: [{ ...option, type: 11, file_types: ['heic'] }] })).toHaveLength(1);
  expect(await put({ ...vibe, options: [{ ...option, type: 11, filetypes: ['image'] }] })).toEqual([
    '0.options.0.filetypes UNKNOWN_FIELD',
  ]);
});
