import { describe, expect, it } from 'vitest';
import type { Card } from '../../../src/core/card.ts';
import { renderSongs } from '../../../src/platforms/discord/render-songs.ts';
import { songsCard, songUrl, track } from '../../support/songs-card.ts';
import { encode } from '../../support/telegram-cards.ts';
import { LONE_SURROGATE, randomNumbers, randomText } from '../../support/telegram-texts.ts';
import { bodyOf, openChannel } from './show-card.ts';

const CARD = songsCard([track('a'), track('b', { length: null })]);
const contentOf = (card: Card) => renderSongs(card, encode).content;
const withoutMarks = (text: string) => text.replace(/[\u2066-\u2069]/g, '');
/** Links as Discord's clients find them: a label without brackets, an address without gaps. */
const linksIn = (content: string) =>
  [...content.matchAll(/\[([^[\]\n]*)\]\((<?)(https:[^\s<>()]+)>?\)/g)].map(([, label, open, url]) => [
    withoutMarks(label ?? ''),
    open ? 'quiet' : 'shown',
    url,
  ]);

describe('songs', () => {
  it('are an ordinary message: numbered lines, their names the links, only the first of which is shown', () => {
    expect(withoutMarks(contentOf(CARD))).toBe(
      [
        '## Jazz',
        `1\\. [Title a](${songUrl('a')}) — Channel a · 3:07`,
        `2\\. [Title b](<${songUrl('b')}>) — Channel b`,
      ].join('\n'),
    );
    const { body, files } = bodyOf(CARD);
    expect(Object.keys(body).toSorted()).toEqual(['allowed_mentions', 'components', 'content']);
    expect(body.allowed_mentions).toEqual({ parse: [] });
    expect(body.components).toMatchObject([{ type: 1, components: [{ type: 2, label: 'More' }] }]);
    expect(files).toEqual([]);
  });

  it('keep each name’s direction to itself, and begin from the right in Arabic', () => {
    const card = songsCard([track('a', { title: 'يا ليل' })], { language: 'ar' });
    expect(contentOf(card)).toBe(
      `## Jazz\n\u200f1. [\u2068يا ليل\u2069](${songUrl('a')}) — \u2068Channel a\u2069 · 3:07`,
    );
  });

  it.each([
    ['brackets', 'a [b] c](https://evil.example/) [', 'a (b) c)(evil.example /) ('],
    ['an address', 'https://evil.example/x <https://evil.example>', 'evil.example /x ‹evil.example›'],
    ['an invitation', 'discord.gg/abc AC/DC', 'discord.gg /abc AC/DC'],
    ['mentions', '@everyone <@1> <#2>', '＠everyone ‹＠1› ‹#2›'],
    ['emphasis and emoji', '*a* __b__ ~~c~~ ||d|| :fire:', '∗a∗ ˍˍbˍˍ ∼∼c∼∼ ∣∣d∣∣ ∶fire:'],
    ['code', '`a` ``` b', 'ˋaˋ ˋˋˋ b'],
    ['a backslash at its end', 'a\\', 'a∖'],
    ['lines and turns', 'a\n# b\u202ec\u2069d', 'a # b c d'],
    ['nothing', ' ', '♪'],
    ['nothing but a scheme', 'https://', '♪'],
  ])('are not led astray by %s in a name', (_, name, label) => {
    const content = contentOf(songsCard([track('a', { title: name, channel: name }), track('b')]));
    expect(linksIn(content)).toEqual([
      [label, 'shown', songUrl('a')],
      ['Title b', 'quiet', songUrl('b')],
    ]);
    expect(content.split('\n')).toHaveLength(3);
    const addresses = content.match(/\bhttps?:\/\/[^/]*/g);
    expect(new Set(addresses)).toEqual(new Set(['https://www.youtube.com']));
    expect(content).not.toMatch(/(?<!\\)@|(?<!\\)<[@#]|[\u202a-\u202e]/);
  });

  it('have addresses that end where they should', () => {
    const url = 'https://y.t/a(b)?c=<d> e';
    expect(linksIn(contentOf(songsCard([track('a', { url })])))).toEqual([
      ['Title a', 'shown', 'https://y.t/a%28b%29?c=%3Cd%3E%20e'],
    ]);
  });

  it('fit whatever their names are, and the last go first', async () => {
    const random = randomNumbers(5);
    const any = () => randomText(random, 1 + random(300));
    for (let round = 0; round < 100; round += 1) {
      const tracks = [1, 2, 3, 4, 5].map((id) => track(`${id}`, { title: any(), channel: any() }));
      const content = contentOf(songsCard(tracks, { title: randomText(random, 2) }));
      expect(content.length).toBeLessThanOrEqual(2000);
      expect(content).not.toMatch(LONE_SURROGATE);
      for (const id of [1, 2, 3, 4, 5]) expect(content).toContain(songUrl(`${id}`));
    }
    const many = Array.from({ length: 30 }, (_, id) => track(`${id}`, { title: '*'.repeat(200) }));
    const content = contentOf(songsCard(many));
    expect(content.length).toBeLessThanOrEqual(2000);
    expect(content).toContain(`](${songUrl('0')})`);
    const { post } = await openChannel();
    expect(await post(songsCard(many))).toMatchObject({ previews: [songUrl('0')], isComponentsV2: false });
  });
});

it('Discord takes songs, plays the first, and takes others in their place', async () => {
  const { post, edit } = await openChannel();
  const message = await post(CARD);
  expect(message).toMatchObject({ previews: [songUrl('a')], flags: 0, pictures: [] });
  expect(await edit(message.id, songsCard([track('c'), track('d')]), [])).toMatchObject({
    previews: [songUrl('c')],
    flags: 0,
    edits: 1,
    buttons: [{ label: 'More' }],
  });
});
