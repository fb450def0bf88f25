import { runCommand } from '../../commands/index.ts';
import { type Action, encodeAction } from '../../src/core/action.ts';
import type { Button, Card, Reply } from '../../src/core/card.ts';
import type { CommandContext, CommandDependencies } from '../../src/core/command.ts';
import type { Call, ShownPicture } from '../../src/core/request.ts';
import { makeFakeTime } from './fake-time.ts';
import { MODEL, mac } from './job-bench.ts';
import { makeRequest, pressOf } from './make-request.ts';
import { noKeeping, personOf } from './no-keeping.ts';
import { openState } from './open-state.ts';
import { explainer, imageSource, makeReader, noTracks, playlistSource } from './reading-ports.ts';
import { recordTelemetry } from './record-telemetry.ts';

/** Runs commands with the real store and signatures, and everything else made up. */
export function makeCommandBench(given: Partial<CommandDependencies> = {}) {
  const { calendar } = makeFakeTime();
  const { store, inbox } = openState(calendar);
  const { telemetry, timed } = recordTelemetry();
  const dependencies: CommandDependencies = {
    imageSource,
    store,
    photoReader: makeReader(),
    explainer,
    playlistSource,
    trackSource: noTracks,
    calendar,
    showsPhoto: false,
    mac,
    model: MODEL,
    telemetry,
    mayManage: async () => false,
    ...noKeeping,
    inbox,
    person: personOf('telegram', '1001'),
    isAdmin: false,
    ...given,
  };
  const run = (call: Call, given: Partial<CommandContext> = {}): Promise<Reply[]> => {
    const context: CommandContext = {
      request: makeRequest(call),
      language: 'en',
      acceptedAt: calendar(),
      resultId: 'result-0123456789',
      signal: new AbortController().signal,
      ...given,
    };
    const { platform, asker } = context.request;
    const person = personOf(platform, asker.id);
    return Array.fromAsync(runCommand(call, context, { ...dependencies, person }));
  };
  const press = (
    action: Action,
    context: Partial<CommandContext> = {},
    pictures: readonly ShownPicture[] = [],
  ) => run(pressOf(encodeAction(action, mac), pictures), context);
  return { store, dependencies, timed, run, press };
}

export function cardsOf(replies: readonly Reply[]): Card[] {
  return replies.filter((reply): reply is Card => reply.kind === 'card');
}

/** The card that stays. */
export function lastCard(replies: readonly Reply[]): Card {
  const card = cardsOf(replies).at(-1);
  if (!card) throw new Error('no card came');
  return card;
}

/** What was said in passing, with '' for a mere end of waiting. */
export function toastsOf(replies: readonly Reply[]): string[] {
  return replies.flatMap((reply) => (reply.kind === 'toast' ? [reply.text] : []));
}

export function textsOf({ blocks }: Card): string[] {
  return blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : []));
}

/** The heatmap. */
export function imageOf(card: Card) {
  return imagesOf(card)[0] ?? null;
}

export function imagesOf({ blocks }: Card) {
  const images = blocks.filter((block) => block.kind === 'image');
  return images.map(({ fileName, altText, content }) => ({
    fileName,
    altText,
    shows: content.kind === 'jpeg' ? new TextDecoder().decode(content.jpeg) : content.reference,
  }));
}

/** Labels of the lists' links. */
export function linksOf(card: Card): string[] {
  return rowsOfLinks(card)[0] ?? [];
}

/** Labels of all links, row by row. */
export function rowsOfLinks({ blocks }: Card): string[][] {
  return blocks.flatMap((block) => (block.kind === 'links' ? [block.links.map(({ label }) => label)] : []));
}

/** Rows of buttons in words: 'why-genre rock', 'share', 'up: 👍', 'why ▸' for a menu and 'why ▾' for one that is open. */
export function buttonsOf({ buttons }: Card): string[][] {
  return buttons.map((row) => row.map(wordsOf));
}

/** What the first menu of a card offers, in the same words. */
export function optionsOf({ buttons }: Card): string[] {
  const menu = buttons.flat().find((button) => button.kind === 'menu');
  return menu?.options.map(wordsOf) ?? [];
}

function wordsOf(button: Button): string {
  if (button.kind === 'share') return `share ${button.resultId}`;
  if (button.kind === 'menu') return `${button.open.kind} ${button.isOpen ? '▾' : '▸'}`;
  const { action, label } = button;
  const about = 'genre' in action ? ` ${action.genre}` : '';
  return action.kind === 'up' || action.kind === 'down'
    ? `${action.kind}: ${label}`
    : `${action.kind}${about}`;
}
