import { describe, expect, it } from 'vitest';
import { interactionSchema } from '../../../src/platforms/discord/event-schema.ts';
import { parseChatCommand, parseMessageCommand } from '../../../src/platforms/discord/parse-command.ts';
import { BOT, help, recorded, refusal } from './recorded.ts';

const raw = recorded('interactions', 'vibe-in-guild');

/** What a command becomes that Discord sends with these fields. */
function parsed(data: object) {
  const interaction = interactionSchema.parse({ ...raw, data: { id: '1', ...data } });
  if (interaction.type !== 2) throw new Error('no command');
  return interaction.data.type === 1
    ? parseChatCommand(interaction.data, '7')
    : parseMessageCommand(interaction.data, BOT);
}

const slash = (name: string, values: object = {}, more: object = {}) => {
  const options = Object.entries(values).map(([option, value]) => ({ name: option, type: 3, value }));
  return parsed({ name, type: 1, options, ...more });
};

describe('a slash command', () => {
  it('explains no genre where the choice is none of ours, such as one of an earlier version', () => {
    const attachment = { id: '7', filename: 'a.jpg', size: 5, url: 'https://cdn.discordapp.com/a.jpg' };
    const resolved = { attachments: { 7: attachment } };
    const why = (genre: unknown) => slash('vibe', { image: '7', genre }, { resolved }).call;
    expect(why('polka')).toMatchObject({ command: 'vibe', why: null });
    expect(why('Jazz')).toMatchObject({ command: 'vibe', why: 'jazz' });
    expect(why(5)).toMatchObject({ command: 'vibe', why: null });
  });

  it('reads any file, for its bytes decide', () => {
    const attachment = { id: '7', filename: 'a.pdf', size: 5, url: 'https://cdn.discordapp.com/a.pdf' };
    expect(
      slash('vibe', { image: '7' }, { resolved: { attachments: { 7: attachment } } }).call,
    ).toMatchObject({
      command: 'vibe',
      images: [{ attachmentId: '7' }],
    });
  });

  it('without its picture says so', () => {
    expect(slash('vibe').call).toEqual(refusal('no-picture-here'));
    expect(slash('vibe', { image: '7' }).call).toEqual(refusal('no-picture-here'));
    expect(slash('vibe', { image: '7' }, { resolved: { attachments: {} } }).call).toEqual(
      refusal('no-picture-here'),
    );
  });

  it('is private only where that was chosen', () => {
    const isPrivate = (value: unknown) => slash('vibe', { private: value }).isPrivate;
    expect([true, false, undefined].map(isPrivate)).toEqual([true, false, false]);
    expect(slash('playlist').isPrivate).toBe(false);
    for (const name of ['language', 'about', 'help', 'polka']) expect(slash(name).isPrivate).toBe(true);
  });

  it('has its words in the order of its options, whatever their order was', () => {
    expect(slash('playlist', { region: 'khaleeji', genre: 'jazz' }).call).toEqual({
      command: 'playlist',
      words: ['jazz', 'khaleeji'],
    });
    expect(slash('playlist', { region: 'global' }).call).toEqual({ command: 'playlist', words: ['global'] });
    expect(slash('language').call).toEqual({ command: 'language', words: [] });
  });

  it('with a subcommand, or by the name of something else, gets the help', () => {
    const options = [{ name: 'on', type: 1, options: [{ name: 'x', type: 3, value: 'y' }] }];
    expect(parsed({ name: 'polka', type: 1, options }).call).toEqual(help(true));
    for (const name of ['constructor', '__proto__', 'Vibe']) expect(slash(name).call).toEqual(help(true));
  });
});

describe('a command on a message', () => {
  it('that Discord does not show finds no picture', () => {
    const { call, isPrivate } = parsed({ name: 'x', type: 3, target_id: '7', resolved: { messages: {} } });
    expect({ call, isPrivate }).toEqual({ call: refusal('no-picture-here'), isPrivate: true });
  });

  it('says of a forwarded file that it is no picture', () => {
    const file = { id: '7', filename: 'a.pdf', size: 5, url: 'https://cdn.discordapp.com/a.pdf' };
    const message = { author: { id: '1' }, message_snapshots: [{ message: { attachments: [file] } }] };
    const data = { name: 'x', type: 3, target_id: '7', resolved: { messages: { 7: message } } };
    expect(parsed(data).call).toEqual(refusal('not-an-image'));
  });
});
