import { Client, type ClientOptions, Events, GatewayIntentBits, type Interaction } from 'discord.js';
import { onTestFinished } from 'vitest';
import type { FakeDiscord } from './fake-discord.ts';

const INTENTS = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages];

/** discord.js as it is, connected and ready; it goes when the test does. */
export async function connectClient(
  fake: FakeDiscord,
  options: Partial<ClientOptions> = {},
): Promise<Client<true>> {
  const client = makeClient(fake, options);
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(fake.token);
  return await ready;
}

/** The same without a connection. */
export function makeClient(fake: FakeDiscord, options: Partial<ClientOptions> = {}): Client {
  const client = new Client({ intents: INTENTS, ...options, rest: { api: fake.apiUrl, ...options.rest } });
  onTestFinished(() => client.destroy());
  return client;
}

/** The next thing somebody does with the bot. */
export function nextInteraction(client: Client): Promise<Interaction> {
  return new Promise((resolve) => client.once(Events.InteractionCreate, resolve));
}
