import { expect, it } from 'vitest';
import { markdown } from '../../src/platforms/discord/markdown.ts';
import { fitParagraphs, messageOf, type Paragraph } from '../../src/platforms/fit-paragraphs.ts';
import { joined, type Markup, type Rich } from '../../src/platforms/rich-text.ts';
import { html } from '../../src/platforms/telegram/html.ts';
import { parseHtml } from '../support/telegram/parse-html.ts';
import { LONE_SURROGATE, randomNumbers, randomText } from '../support/telegram-texts.ts';

const fixed = (text: string, { strong } = html): Paragraph => ({
  rich: strong(text),
  weight: 'fixed',
  heading: null,
});
const quiet = (text: string, markup: Markup = html): Paragraph => ({
  rich: markup.quiet(text),
  weight: 'quiet',
  heading: null,
});

function said(text: string, title?: string, { plain, strong }: Markup = html): Paragraph {
  const heading = title === undefined ? null : strong(title);
  return { rich: heading ? joined([heading, plain(text)], '\n') : plain(text), weight: 'text', heading };
}

const GAP = '\n\n';
const messageIn = (
  markup: Markup,
  counted: keyof Rich,
  paragraphs: readonly Paragraph[],
  limit: number,
): Rich => messageOf(fitParagraphs(paragraphs, { limit, counted, gap: GAP, markup }), GAP);
const fitted = (paragraphs: readonly Paragraph[], limit: number) =>
  messageIn(html, 'plain', paragraphs, limit).plain;
const words = (word: string, count: number) => Array(count).fill(word).join(' ');

it('puts an empty line between paragraphs, and none for an empty one', () => {
  expect(fitted([fixed('Jazz'), quiet(''), said('Warm.', 'Why')], 100)).toBe('Jazz\n\nWhy\nWarm.');
  expect(fitted([], 100)).toBe('');
});

it('drops quiet paragraphs first, from the last one on, and no more than it must', () => {
  const all = [fixed('Jazz'), quiet('first'), said('words'), quiet('second')];
  expect(fitted(all, 26)).toBe('Jazz\n\nfirst\n\nwords\n\nsecond');
  expect(fitted(all, 25)).toBe('Jazz\n\nfirst\n\nwords');
  expect(fitted(all, 17)).toBe('Jazz\n\nwords');
});

it('then cuts texts, from the last one on, and keeps their headings', () => {
  const all = [fixed('Jazz'), said(words('warm', 20), 'The photo'), said(words('here', 20), 'The heatmap')];
  const limit = fitted(all, 1000).length - 30;
  const cut = fitted(all, limit);
  expect(cut).toContain(words('warm', 20));
  expect(cut).toMatch(/\nThe heatmap\nhere( here)+…$/);
  expect(cut.length).toBeGreaterThan(limit - 10);
  // where next to nothing would be left of the last one it goes, and what is before it is whole again
  const without = fitted(all, fitted(all, 1000).length - 70);
  expect(without).toBe(`Jazz\n\nThe photo\n${words('warm', 20)}`);
});

it('keeps the tags of what is not cut', () => {
  const all = [fixed('A & B'), said(words('<x>', 60), 'Why <not>')];
  const { marked } = messageIn(html, 'plain', all, 120);
  expect(marked).toContain('<b>A &amp; B</b>');
  expect(marked).toContain('<b>Why &lt;not&gt;</b>\n&lt;x&gt;');
  expect(parseHtml(marked).text.length).toBeLessThanOrEqual(120);
});

it('cuts even what should stay, rather than send what the platform refuses', () => {
  const cut = fitted([fixed(words('title', 100))], 50);
  expect(cut).toMatch(/^title( title)+…$/);
  expect(cut.length).toBeLessThanOrEqual(50);
});

it('fits whatever the texts are, and says nothing in another order', () => {
  const random = randomNumbers(3);
  for (let round = 0; round < 400; round += 1) {
    const paragraphs = Array.from({ length: 1 + random(8) }, () => {
      const text = randomText(random, random(60));
      return [fixed(text), quiet(text), said(text), said(text, randomText(random, 2))][
        random(4)
      ] as Paragraph;
    });
    const limit = 20 + random(1500);
    const message = messageIn(html, 'plain', paragraphs, limit);
    expect(message.plain.length).toBeLessThanOrEqual(limit);
    expect(parseHtml(message.marked).text).toBe(message.plain);
    expect(message.plain).not.toMatch(LONE_SURROGATE);
    const whole = joined(
      paragraphs.map(({ rich }) => rich).filter(({ plain }) => plain !== ''),
      '\n\n',
    ).plain;
    if (whole.length <= limit) expect(message.plain).toBe(whole);
  }
});

it('fits what counts its markup, too', () => {
  const random = randomNumbers(5);
  for (let round = 0; round < 400; round += 1) {
    const paragraphs = Array.from({ length: 1 + random(8) }, () => {
      const text = randomText(random, random(60)).replaceAll(' ', ' *_');
      return [fixed(text, markdown), quiet(text, markdown), said(text, 'Why', markdown)][
        random(3)
      ] as Paragraph;
    });
    const limit = 20 + random(1500);
    expect(messageIn(markdown, 'marked', paragraphs, limit).marked.length).toBeLessThanOrEqual(limit);
  }
});
