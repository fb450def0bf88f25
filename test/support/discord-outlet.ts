import type { Card } from '../../src/core/card.ts';
import type { Request } from '../../src/core/request.ts';
import { Acknowledgements } from '../../src/platforms/discord/acknowledgements.ts';
import { interactionSchema, messageSchema } from '../../src/platforms/discord/event-schema.ts';
import { intakeInteraction, intakeMessage } from '../../src/platforms/discord/intake.ts';
import { createDiscordOutlet } from '../../src/platforms/discord/outlet.ts';
import type { DiscordMessage, DiscordUser } from './discord/discord-types.ts';
import type { Acting, Interaction } from './discord/interact.ts';
import { connectDiscord } from './discord-connection.ts';
import { flat } from './pictures.ts';
import { encode, makeCard, picture, text } from './telegram-cards.ts';

/** What somebody did, and the request that the adapter makes of it. */
export interface Asked {
  readonly interaction: Interaction;
  readonly request: Request;
}

export const RED = await flat(400, 300, 'red').jpeg().toBuffer();
export const BLUE = await flat(400, 300, 'blue').jpeg().toBuffer();
export const GREY = await flat(60, 40, 'grey').jpeg().toBuffer();

/** The outlet on a local Discord. There is no gateway: what people do is taken in by hand, and acknowledged. */
export async function openDiscordOutlet(options: Parameters<typeof connectDiscord>[0] = {}) {
  const connection = await connectDiscord(options);
  const { fake, call, signal } = connection;
  const acknowledgements = new Acknowledgements();
  const time = { now: Date.now() };
  const outlet = createDiscordOutlet({ call, encode, acknowledgements, calendar: () => time.now });
  const acknowledge = async (interaction: Interaction): Promise<Asked> => {
    const { request, acknowledgement } = takeIn(interaction);
    const { interactionId, token, type, ephemeral } = acknowledgement;
    const path = `/interactions/${interactionId}/${token}/callback` as const;
    const body = { type, ...(ephemeral && { data: { flags: 64 } }) };
    await call('acknowledge', { method: 'POST', path, body }, { signal, repeatable: false });
    return { interaction, request };
  };
  /** `/vibe`, in a server that has the bot unless told. */
  const ask = (given: Partial<Acting> & { readonly private?: boolean } = {}) => {
    const { private: isPrivate = false, ...acting } = given;
    const where = { by: fake.user(), channel: fake.guild().general, ...acting };
    return acknowledge(fake.slash('vibe', { image: { bytes: RED }, private: isPrivate }, where));
  };
  /** Presses the button that every `cardOf` has. */
  const press = (messageId: string, by: DiscordUser, given: Partial<Acting> = {}) =>
    acknowledge(fake.press({ id: messageId }, 'Why?', by, given));
  const write = (channel = fake.guild().general) => {
    const message = fake.sendText(`<@${fake.bot.id}>`, { from: fake.user(), channel });
    return { message, request: requestOf(message, fake.bot.id) };
  };
  const cards = (channel: { readonly id: string }) =>
    fake.messagesIn(channel).filter(({ fromBot, deleted }) => fromBot && !deleted);
  return { ...connection, acknowledgements, time, outlet, acknowledge, ask, press, write, cards };
}

/** An interaction as it came off the wire; nothing is told to Discord. */
export function takeIn(interaction: Interaction) {
  const taken = intakeInteraction(interactionSchema.parse(interaction.raw), Date.now());
  if (!taken) throw new Error('nobody has done that');
  return { request: taken.incoming.request, acknowledgement: taken.acknowledge };
}

function requestOf(message: DiscordMessage, botId: string): Request {
  const incoming = intakeMessage(messageSchema.parse(JSON.parse(JSON.stringify(message))), botId);
  if (!incoming) throw new Error('it asks nothing');
  return incoming.request;
}

type Pictures = Readonly<Record<string, Uint8Array>>;

/** A card with these pictures, by their names, and a button. */
export function cardOf(words: string, pictures: Pictures = {}, given: { spoiler?: boolean } = {}): Card {
  const why = { kind: 'action', label: 'Why?', action: { kind: 'why', result: 'abc' } } as const;
  const images = Object.entries(pictures).map(([name, jpeg]) =>
    picture({ kind: 'jpeg', jpeg }, name, given.spoiler),
  );
  return makeCard({ blocks: [text(words), ...images], buttons: [[why]] });
}

/** A card that shows pictures which the message has already. */
export function keptCard(words: string, ...names: readonly string[]): Card {
  const images = names.map((name) => picture({ kind: 'stored', reference: null }, name));
  return { ...cardOf(words), blocks: [text(words), ...images] };
}
