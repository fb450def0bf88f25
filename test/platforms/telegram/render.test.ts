import { describe, expect, it } from 'vitest';
import type { Block } from '../../../src/core/card.ts';
import { LANGUAGE_CODES } from '../../../src/core/types.ts';
import { renderCard } from '../../../src/platforms/telegram/render.ts';
import { readCaption, readText } from '../../support/telegram/formatted-text.ts';
import { encode, makeCard, picture, text } from '../../support/telegram-cards.ts';
import { LONE_SURROGATE, randomNumbers, randomText } from '../../support/telegram-texts.ts';

const JPEG = { kind: 'jpeg', jpeg: Uint8Array.of(1) } as const;
const WICKED = 'R&B <b>"x"</b> &amp; 1<2';
const render = (given: Parameters<typeof makeCard>[0]) => renderCard(makeCard(given), encode);
/** As people see it; throws what Telegram would refuse. */
const shown = (given: Parameters<typeof makeCard>[0]) => {
  const { text, caption, image } = render(given);
  const [asText, asCaption] = [
    readText({ text, parse_mode: 'HTML' }),
    readCaption({ caption, parse_mode: 'HTML' }),
  ];
  return image ? asCaption : asText;
};
const bars = (share: number, label = 'jazz'): Block => ({
  kind: 'bars',
  label: 'Scores',
  rows: [{ genre: 'jazz', label, share, value: `${share * 100} %` }],
});

describe('the text of a card', () => {
  it('escapes whatever comes from elsewhere, everywhere', () => {
    const { text: seen, entities } = shown({
      title: WICKED,
      blocks: [bars(0.5, WICKED), text(WICKED, { heading: WICKED }), text(WICKED, { quiet: true })],
    });
    expect(seen.split('\n').filter((line) => line.endsWith(WICKED))).toHaveLength(5);
    expect(new Set(entities.map(({ type }) => type))).toEqual(new Set(['bold', 'code', 'italic']));
  });

  it('begins with the title in bold; headings are bold, what is said in passing is italic', () => {
    const { text: seen, entities } = shown({
      blocks: [text('Warm.', { heading: 'The photo' }), text('A legend.', { quiet: true })],
    });
    expect(seen).toBe('Jazz\n\nThe photo\nWarm.\n\nA legend.');
    const marked = entities.map(({ type, offset, length }) => [type, seen.slice(offset, offset + length)]);
    expect(marked).toEqual([
      ['bold', 'Jazz'],
      ['bold', 'The photo'],
      ['italic', 'A legend.'],
    ]);
  });

  it('is a caption under a picture, whose alt text it does not hold, and a longer text without one', () => {
    const long = text('word '.repeat(2000));
    const image = picture(JPEG, 'x.jpg');
    expect(render({ blocks: [long, image] }).image).toEqual({ name: 'x.jpg', content: JPEG, spoiler: false });
    expect(render({ blocks: [long] }).image).toBeNull();
    for (const [blocks, limit] of [
      [[image, long], 1024],
      [[long], 4096],
    ] as const) {
      const { text: seen } = shown({ blocks });
      expect(seen.length).toBeLessThanOrEqual(limit);
      expect(seen.length).toBeGreaterThan(limit - 10);
      expect(seen).toMatch(/word…$/);
      expect(seen).not.toContain(image.altText);
    }
  });

  it('drops what is said in passing before it cuts a word of the rest', () => {
    const blocks = [text('In passing.', { quiet: true }), text('w'.repeat(1010)), picture(JPEG)];
    expect(shown({ blocks }).text).toBe(`Jazz\n\n${'w'.repeat(1010)}`);
  });

  it('fits and is valid whatever the texts are', () => {
    const random = randomNumbers(11);
    const any = () => randomText(random, 1 + random(120));
    for (let round = 0; round < 200; round += 1) {
      const language = LANGUAGE_CODES[random(2)] ?? 'en';
      const blocks = [
        text(any(), { heading: any() }),
        bars(random(11) / 10),
        text(any(), { quiet: true }),
        text(any()),
        ...(round % 2 ? [picture(JPEG)] : []),
      ] satisfies Block[];
      const seen = shown({ language, title: any(), blocks }).text;
      expect(seen).not.toBe('');
      expect(seen).not.toMatch(LONE_SURROGATE);
    }
  });
});

describe('bars', () => {
  const lines = (share: number, language: 'en' | 'ar') =>
    shown({ language, blocks: [bars(share)] })
      .text.split('\n')
      .slice(2);

  it.each([
    [0, '░░░░░░░░░░ 0 % jazz'],
    [0.04, '░░░░░░░░░░ 4 % jazz'],
    [0.5, '█████░░░░░ 50 % jazz'],
    [1, '██████████ 100 % jazz'],
  ])('%d is %s', (share, line) => {
    expect(lines(share, 'en')).toEqual([line]);
    // the mark gives the line its direction: it begins with signs that have none
    expect(lines(share, 'ar')).toEqual([`\u200f${line}`]);
  });
});
