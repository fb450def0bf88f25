import { describe, expect, it } from 'vitest';
import type { Action } from '../../../src/core/action.ts';
import type { Block, Button, Card } from '../../../src/core/card.ts';
import { GENRES } from '../../../src/core/genre.ts';
import { presentAnswer } from '../../../src/core/present-answer.ts';
import { LANGUAGE_CODES } from '../../../src/core/types.ts';
import { renderCard } from '../../../src/platforms/discord/render.ts';
import { makeAnswer } from '../../support/make-answer.ts';
import { encode, makeCard, picture, RESULT, text } from '../../support/telegram-cards.ts';
import { LONE_SURROGATE, randomNumbers, randomText } from '../../support/telegram-texts.ts';
import { componentsOf, expectAccepted, textsOf } from './show-card.ts';

const JPEG = { kind: 'jpeg', jpeg: Uint8Array.of(1) } as const;
const WICKED = '# R&B **x** <@1> `y` @everyone';
const ESCAPED = '\\# R&B \\*\\*x\\*\\* \\<\\@1\\> \\`y\\` \\@everyone';

const bars = (share: number, label = 'jazz'): Block => ({
  kind: 'bars',
  label: 'Scores',
  rows: [{ genre: 'jazz', label, share, value: `${share * 100} %` }],
});
const links = (label: string): Block => ({
  kind: 'links',
  heading: 'Playlists',
  links: [{ label, url: 'https://y.t/' }],
});
const typesOf = (card: Card) => renderCard(card, encode).components[0].components.map(({ type }) => type);
/** How long the text of a whole card is. */
const lengthOf = (card: Card) => textsOf(card).join('').length;

describe('a card', () => {
  it('is one container in the colour of its genre', () => {
    const { components } = renderCard(makeCard({ accent: 'jazz' }), encode);
    expect(components).toEqual([
      { type: 17, accent_color: 0xe0a526, components: [{ type: 10, content: '## Jazz' }] },
    ]);
    const colours = GENRES.map(
      (accent) => renderCard(makeCard({ accent }), encode).components[0].accent_color,
    );
    expect(new Set(colours).size).toBe(GENRES.length);
    expect(renderCard(makeCard({ accent: null }), encode).components[0]).not.toHaveProperty('accent_color');
  });

  it('shows its title, what introduces it, its pictures, the rest, and then what can be pressed', () => {
    const introduction = text('First.', { quiet: true });
    const rest = text('Warm.', { heading: 'The photo' });
    const button: Button = { kind: 'share', label: 'Share', resultId: RESULT };
    const blocks = [introduction, bars(0.7), rest, picture(JPEG), links('Jazz')];
    const card = makeCard({ blocks, buttons: [[button]] });
    expect(typesOf(card)).toEqual([10, 10, 12, 10, 10, 1, 1]);
    expect(textsOf(card)).toEqual(['## Jazz', '-# First.', '`███████░░░` 70 % jazz', '**The photo**\nWarm.']);
    // wherever its pictures stand
    const first = makeCard({ blocks: [picture(JPEG), introduction, bars(0.7), rest] });
    expect(typesOf(first)).toEqual([10, 10, 12, 10, 10]);
    // without bars nothing is known to be an introduction
    expect(typesOf(makeCard({ blocks: [rest, picture(JPEG)] }))).toEqual([10, 12, 10]);
  });

  it('covers what is to be covered, and describes each picture', () => {
    const blocks = [picture(JPEG, 'a.jpg', true), { ...picture(JPEG, 'b.jpg'), altText: '' }];
    const { components, attachments } = renderCard(makeCard({ blocks }), encode);
    expect(components[0].components[1]).toEqual({
      type: 12,
      items: [
        { media: { url: 'attachment://a.jpg' }, description: 'Dark, with a bright spot.', spoiler: true },
        // an empty description would be refused
        { media: { url: 'attachment://b.jpg' }, spoiler: false },
      ],
    });
    expect(attachments).toEqual(blocks);
  });

  it('leaves out what there is nothing to read of', () => {
    const blocks = [text(' \n '), text('', { quiet: true }), text('\n', { quiet: true }), links('Jazz')];
    expect(textsOf(makeCard({ blocks }))).toEqual(['## Jazz']);
  });

  it('escapes whatever comes from elsewhere, everywhere', () => {
    const card = makeCard({
      title: WICKED,
      blocks: [bars(0.5, WICKED), text(WICKED, { heading: WICKED }), text(WICKED, { quiet: true })],
    });
    const lines = textsOf(card).flatMap((each) => each.split('\n'));
    // not at the start of its line
    const inBars = ESCAPED.replace('\\#', '#');
    expect(lines).toEqual([
      `## ${ESCAPED}`,
      `\`█████░░░░░\` 50 % ${inBars}`,
      `**${ESCAPED}**`,
      ESCAPED,
      `-# ${ESCAPED}`,
    ]);
  });
});

describe('bars', () => {
  it.each([
    [0, '`░░░░░░░░░░` 0 % jazz'],
    [0.04, '`░░░░░░░░░░` 4 % jazz'],
    [0.5, '`█████░░░░░` 50 % jazz'],
    [1, '`██████████` 100 % jazz'],
  ])('%d is %s', (share, line) => {
    const shown = (language: 'en' | 'ar') => textsOf(makeCard({ language, blocks: [bars(share)] }))[1];
    expect(shown('en')).toBe(line);
    // the mark gives the line its direction: it begins with signs that have none
    expect(shown('ar')).toBe(`\u200f${line}`);
  });
});

describe('what can be pressed', () => {
  const rows = (given: Partial<Card>) =>
    renderCard(makeCard(given), encode).components[0].components.filter(({ type }) => type === 1);
  const option = (genre: 'jazz' | 'rock') =>
    ({ kind: 'action', label: genre, action: { kind: 'why-genre', result: RESULT, genre } }) as const;
  const menu: Button = {
    kind: 'menu',
    label: 'Why not …?',
    open: { kind: 'why', result: RESULT },
    isOpen: false,
    options: [option('jazz'), option('rock')],
  };
  const share: Button = { kind: 'share', label: 'Share', resultId: RESULT };

  it('are the links, then lists in rows of their own, then the other buttons of their row', () => {
    const buttons = [[menu, share], [], [option('jazz'), option('rock')]];
    const button = (label: string, action: Action) => ({
      type: 2,
      style: 2,
      label,
      custom_id: encode(action),
    });
    expect(rows({ blocks: [links('Global')], buttons })).toEqual([
      { type: 1, components: [{ type: 2, style: 5, label: 'Global', url: 'https://y.t/' }] },
      {
        type: 1,
        components: [
          {
            type: 3,
            custom_id: encode({ kind: 'why', result: RESULT }),
            placeholder: 'Why not …?',
            options: [
              { label: 'jazz', value: encode(option('jazz').action) },
              { label: 'rock', value: encode(option('rock').action) },
            ],
          },
        ],
      },
      { type: 1, components: [button('Share', { kind: 'share', result: RESULT })] },
      { type: 1, components: [button('jazz', option('jazz').action), button('rock', option('rock').action)] },
    ]);
  });

  it('is the same list, whether it is open or not', () => {
    expect(rows({ buttons: [[{ ...menu, isOpen: true }]] })).toEqual(rows({ buttons: [[menu]] }));
  });

  it('is nothing where there is nothing to press', () => {
    expect(rows({})).toEqual([]);
    expect(rows({ buttons: [[]] })).toEqual([]);
  });

  it('fits, whatever its labels are', async () => {
    const long = 'word '.repeat(60);
    const options = [{ ...option('jazz'), label: long }];
    await expectAccepted(
      makeCard({
        blocks: [links(long)],
        buttons: [[{ ...menu, label: long, options }], [{ ...option('rock'), label: long }]],
      }),
    );
  });

  it('has every action in no more signs than Discord takes', () => {
    const all = GENRES.flatMap((genre): Action[] => [
      { kind: 'why-genre', result: RESULT, genre },
      { kind: 'down-genre', result: RESULT, genre },
      { kind: 'playlist', genre, region: 'khaleeji' },
      { kind: 'turn', genre, region: 'khaleeji', seed: 65_535, page: 99, language: 'en' },
    ]);
    for (const action of all) expect(encode(action).length).toBeLessThanOrEqual(100);
  });
});

describe('a card of more text than a message has room for', () => {
  it('loses what is said in passing before a word of the rest', () => {
    const blocks = [text('In passing.', { quiet: true }), text('w'.repeat(3985))];
    expect(textsOf(makeCard({ blocks }))).toEqual(['## Jazz', 'w'.repeat(3985)]);
    expect(lengthOf(makeCard({ blocks }))).toBe(3992);
  });

  it('is cut between words, with what is escaped counted as it is sent', () => {
    const plain = makeCard({ blocks: [text('word '.repeat(2000))] });
    expect(lengthOf(plain)).toBeGreaterThan(3990);
    expect(textsOf(plain)[1]).toMatch(/word…$/);
    const marked = makeCard({ blocks: [text('** '.repeat(2000))] });
    expect(lengthOf(marked)).toBeLessThanOrEqual(4000);
    expect(lengthOf(marked)).toBeGreaterThan(3990);
    expect(textsOf(marked)[1]).toMatch(/^(?:\\\*\\\* )*\\\*\\\*…$/);
  });

  it.each([
    ['words', 'word '],
    ['markdown', '**bold** __x__ ~~y~~ ||z|| `code` [a](https://b.c) <@1> > quote\n# head\n- list\n1. one\n'],
    ['signs only', '*_~`|<>@[]\\'],
    ['one word', 'x'],
    ['emoji', '👩‍👩‍👧‍👦'],
    ['Arabic', 'صورة \u2068داكنة\u2069 '],
    ['empty lines', '\n'],
  ])('is cut and accepted: %s', async (_, part) => {
    const long = part.repeat(Math.ceil(10_000 / part.length));
    const title = part.repeat(Math.ceil(500 / part.length)).slice(0, 500);
    const answer = makeAnswer({
      explanation: { state: 'ready', value: { photo: long, heatmap: long, altText: long, source: 'local' } },
      notes: ['truncated'],
      album: { count: 10, unread: 1, genre: 'jazz', loudest: 3 },
      photo: { fileName: 'photo.jpg', content: JPEG },
    });
    for (const language of LANGUAGE_CODES) {
      const card = presentAnswer(answer, language);
      await expectAccepted(card);
      // the title and the bars stay, whatever goes
      expect(
        textsOf(card)
          .join('\n')
          .match(/[█░]{10}/g),
      ).toHaveLength(5);
      await expectAccepted({ ...card, title: title.trim() === '' ? 'x' : title });
      await expectAccepted(makeCard({ title: 'Help', blocks: [text(long, { heading: title }), text(long)] }));
    }
  });

  it('is cut even where all of it should stay', async () => {
    const card = makeCard({ title: '*'.repeat(5000), blocks: [bars(0.5, 'x'.repeat(4000))] });
    await expectAccepted(card);
    expect(lengthOf(card)).toBeGreaterThan(3900);
  });

  it('fits and is whole whatever the texts are', () => {
    const random = randomNumbers(11);
    const any = () => randomText(random, 1 + random(200));
    for (let round = 0; round < 200; round += 1) {
      const language = LANGUAGE_CODES[random(2)] ?? 'en';
      const blocks = [
        text(any(), { heading: any() }),
        bars(random(11) / 10),
        text(any(), { quiet: true }),
        text(any()),
        links(any()),
        ...(round % 2 ? [picture(JPEG)] : []),
      ];
      const card = makeCard({ language, title: any(), blocks });
      expect(lengthOf(card)).toBeLessThanOrEqual(4000);
      for (const each of textsOf(card)) {
        expect(each.trim()).not.toBe('');
        expect(each).not.toMatch(LONE_SURROGATE);
      }
      expect(componentsOf(card).length).toBeLessThanOrEqual(40);
    }
  });
});
