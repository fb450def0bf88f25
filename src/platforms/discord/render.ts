import {
  type APIActionRowComponent,
  type APIComponentInContainer,
  type APIComponentInMessageActionRow,
  type APIContainerComponent,
  type APIFileComponent,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { Encode } from '../../core/action.ts';
import type { Button, Card, FileBlock, ImageBlock, MenuButton } from '../../core/card.ts';
import { GENRE_COLOURS } from '../../core/genre-colours.ts';
import { LANGUAGES } from '../../languages/languages.ts';
import { paragraphsOf } from '../card-paragraphs.ts';
import { fitParagraphs } from '../fit-paragraphs.ts';
import type { Rich } from '../rich-text.ts';
import { cutAtWord } from '../rich-text.ts';
import type { Attachment } from '../without-attachments.ts';
import { heading, markdown } from './markdown.ts';

/** A card as Discord shows it: one container (Components V2), and the files that it refers to by their names. */
export interface DiscordCard {
  readonly components: readonly [APIContainerComponent];
  readonly attachments: readonly Attachment[];
}

/** Of all text in a message, in UTF-16 units: https://docs.discord.com/developers/components/reference */
const TEXT_LIMIT = 4000;
const ALT_TEXT_LIMIT = 1024;
/** https://docs.discord.com/developers/components/reference#string-select-select-option-structure */
const OPTION_LIMIT = 100;
const BUTTON_LIMIT = 80;
const PLACEHOLDER_LIMIT = 150;

export type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

/** Pure. Title, pictures, then the rest in its order, and the file; what can be pressed comes last. */
export function renderCard(card: Card, encode: Encode): DiscordCard {
  const { direction } = LANGUAGES[card.language];
  const images = card.blocks.filter((block) => block.kind === 'image');
  const files = card.blocks.filter((block) => block.kind === 'file');
  const paragraphs = card.blocks.map((block) => paragraphsOf(block, direction, markdown));
  const title = { rich: heading(card.title), weight: 'fixed', heading: null } as const;
  const room = { limit: TEXT_LIMIT, counted: 'marked', gap: '', markup: markdown } as const;
  const [first = null, ...texts] = fitParagraphs([title, ...paragraphs.flat()], room);
  // what stands before the bars in the card introduces it
  const bars = card.blocks.findIndex(({ kind }) => kind === 'bars');
  const introduced = paragraphs.slice(0, Math.max(0, bars)).flat().length;
  const components: APIComponentInContainer[] = [
    ...textsOf([first, ...texts.slice(0, introduced)]),
    ...galleryOf(images),
    ...textsOf(texts.slice(introduced)),
    ...files.map(boxOf),
    ...rowsOf(card, encode),
  ];
  const accent = card.accent === null ? {} : { accent_color: GENRE_COLOURS[card.accent] };
  const attachments = [...images, ...files];
  return { components: [{ type: ComponentType.Container, ...accent, components }], attachments };
}

function textsOf(texts: readonly (Rich | null)[]): APIComponentInContainer[] {
  return texts.flatMap((text) =>
    text?.marked.trim() ? [{ type: ComponentType.TextDisplay, content: text.marked } as const] : [],
  );
}

function galleryOf(images: readonly ImageBlock[]): APIComponentInContainer[] {
  if (images.length === 0) return [];
  const items = images.map(({ fileName, altText, spoiler }) => ({
    media: { url: `attachment://${fileName}` },
    ...(altText && { description: cutAtWord(altText, ALT_TEXT_LIMIT) }),
    spoiler,
  }));
  return [{ type: ComponentType.MediaGallery, items }];
}

/** https://docs.discord.com/developers/components/reference#file */
function boxOf({ fileName }: FileBlock): APIFileComponent {
  return { type: ComponentType.File, file: { url: `attachment://${fileName}` } };
}

/** What can be pressed. */
export function rowsOf({ blocks, buttons }: Card, encode: Encode): Row[] {
  const links = blocks.flatMap((block) => (block.kind === 'links' ? [block.links] : []));
  const rows = [
    ...links.map((row) =>
      row.map(
        ({ label, url }) =>
          ({
            type: ComponentType.Button,
            style: ButtonStyle.Link,
            label: cutAtWord(label, BUTTON_LIMIT),
            url,
          }) as const,
      ),
    ),
    ...withListsApart(buttons).map((row) => row.map((button) => componentOf(button, encode))),
  ];
  return rows
    .filter(({ length }) => length > 0)
    .map((components) => ({ type: ComponentType.ActionRow, components }));
}

const BUTTONS_A_ROW = 5;

/** A list takes a row of its own; what stood beside it joins the next row. */
function withListsApart(rows: readonly (readonly Button[])[]): (readonly Button[])[] {
  const apart: (readonly Button[])[] = [];
  let left: readonly Button[] = [];
  for (const row of rows) {
    const menus = row.filter((button) => button.kind === 'menu');
    const others = row.filter((button) => button.kind !== 'menu');
    apart.push(...menus.map((menu) => [menu]));
    const fits = left.length + others.length <= BUTTONS_A_ROW;
    if (!fits) apart.push(left);
    const joined = fits ? [...left, ...others] : others;
    left = menus.length > 0 ? joined : [];
    if (menus.length === 0) apart.push(joined);
  }
  return [...apart, left];
}

function componentOf(button: Button, encode: Encode): APIComponentInMessageActionRow {
  if (button.kind === 'menu') return menuOf(button, encode);
  const action =
    button.kind === 'share' ? ({ kind: 'share', result: button.resultId } as const) : button.action;
  return {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label: cutAtWord(button.label, BUTTON_LIMIT),
    custom_id: encode(action),
  };
}

/** What is chosen from it is pressed like a button: the options' values are their actions. */
function menuOf({ label, open, options }: MenuButton, encode: Encode): APIComponentInMessageActionRow {
  return {
    type: ComponentType.StringSelect,
    custom_id: encode(open),
    placeholder: cutAtWord(label, PLACEHOLDER_LIMIT),
    options: options.map((option) => ({
      label: cutAtWord(option.label, OPTION_LIMIT),
      value: encode(option.action),
    })),
  };
}
