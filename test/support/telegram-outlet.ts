import sharp from 'sharp';
import { createTelegramOutlet } from '../../src/platforms/telegram/outlet.ts';
import { encode, makeCard, picture, text } from './telegram-cards.ts';
import { addressIn, connectTelegram, requestFor } from './telegram-connection.ts';

async function jpegOf(colour: string): Promise<Buffer> {
  return sharp({ create: { width: 400, height: 300, channels: 3, background: colour } })
    .jpeg()
    .toBuffer();
}

/** The outlet, and a private chat to answer in. */
export async function openOutlet(options: Parameters<typeof connectTelegram>[0] = {}) {
  const connection = await connectTelegram(options);
  const outlet = createTelegramOutlet({ call: connection.call, encode });
  const person = connection.fake.user();
  const { id } = connection.fake.privateChat(person);
  const request = requestFor(addressIn(id));
  const [red, blue] = await Promise.all([jpegOf('red'), jpegOf('blue')]);
  const messages = () => connection.fake.messagesIn(id);
  return { ...connection, outlet, person, id, request, red, blue, messages };
}

export const textCard = (words: string) => makeCard({ blocks: [text(words)] });

export function photoCard(jpeg: Uint8Array, fileName: string, words: string) {
  const why = { kind: 'action', label: 'Why?', action: { kind: 'why', result: 'abc' } } as const;
  return makeCard({
    blocks: [text(words), picture({ kind: 'jpeg', jpeg }, fileName)],
    buttons: [[why]],
  });
}

export function storedCard(reference: string, fileName: string, words: string) {
  return makeCard({ blocks: [text(words), picture({ kind: 'stored', reference }, fileName)] });
}
