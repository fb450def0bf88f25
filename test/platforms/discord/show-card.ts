import { expect } from 'vitest';
import type { Card } from '../../../src/core/card.ts';
import { messageBody, type ShownFile } from '../../../src/platforms/discord/message-body.ts';
import type { Component } from '../../support/discord/discord-types.ts';
import { walk } from '../../support/discord/walk-components.ts';
import { connectDiscord } from '../../support/discord-connection.ts';
import { encode } from '../../support/telegram-cards.ts';

const MAX_FILE_BYTES = 10 * 1024 * 1024;

export interface CardBody {
  readonly flags: number;
  readonly allowed_mentions: object;
  readonly components: readonly Component[];
  readonly attachments?: readonly { readonly id: string; readonly filename?: string }[];
}

/** A card as it is sent, with the names of its files. */
export function bodyOf(card: Card, shown: readonly ShownFile[] = [], maxFileBytes = MAX_FILE_BYTES) {
  const { body, files } = messageBody(card, encode, { shown, maxFileBytes });
  return { body: body as unknown as CardBody, files };
}

/** All components of a card, in order, with those inside them. */
export function componentsOf(card: Card): readonly Component[] {
  return [...walk(bodyOf(card).body.components)].map(({ component }) => component);
}

/** Everything that a card says. */
export function textsOf(card: Card): readonly string[] {
  return componentsOf(card).flatMap(({ type, content }) => (type === 10 ? [content ?? ''] : []));
}

/** Posts cards and changes them, in a Discord that refuses what Discord would. */
export async function openChannel() {
  const { fake, call, signal } = await connectDiscord();
  const { general } = fake.guild();
  const send = async (method: 'POST' | 'PATCH', card: Card, shown: readonly ShownFile[], id?: string) => {
    const { body, files } = messageBody(card, encode, { shown, maxFileBytes: MAX_FILE_BYTES });
    const path = `/channels/${general.id}/messages${id === undefined ? '' : `/${id}`}` as const;
    const sent = await call<{ id: string }>(
      'send',
      { method, path, body, files },
      { signal, repeatable: false },
    );
    expect(fake.violations).toEqual([]);
    return fake.message(sent.id);
  };
  return {
    post: (card: Card) => send('POST', card, []),
    edit: (id: string, card: Card, shown: readonly ShownFile[]) => send('PATCH', card, shown, id),
  };
}

const MAX = { components: 40, text: 4000, altText: 1024, id: 100 };

/** Holds a card against Discord's limits, and against a Discord. */
export async function expectAccepted(card: Card): Promise<void> {
  const components = componentsOf(card);
  expect(components.length).toBeLessThanOrEqual(MAX.components);
  expect(textsOf(card).join('').length).toBeLessThanOrEqual(MAX.text);
  const items = components.flatMap((component) => component.items ?? []);
  for (const { description } of items) expect(description?.length ?? 1).toBeLessThanOrEqual(MAX.altText);
  const ids = components.flatMap(({ custom_id }) => custom_id ?? []);
  const values = components.map(({ options = [] }) => options.map(({ value }) => value));
  for (const unique of [ids, ...values]) {
    expect(new Set(unique).size).toBe(unique.length);
    for (const id of unique) expect(id.length).toBeLessThanOrEqual(MAX.id);
  }
  const { post } = await openChannel();
  const message = await post(card);
  expect(message.pictures.map(({ bytes }) => bytes !== undefined)).toEqual(items.map(() => true));
}
