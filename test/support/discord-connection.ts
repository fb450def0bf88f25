import { onTestFinished } from 'vitest';
import type { Sleep } from '../../src/core/chat-ports.ts';
import { createDiscordCaller, type DiscordRequest } from '../../src/platforms/discord/discord-caller.ts';
import { startFakeDiscord } from './discord/fake-discord.ts';
import { recordSleep } from './platform-recorders.ts';
import { recordTelemetry } from './record-telemetry.ts';

/** A Discord, and discord.js unmodified as its client; pauses pass at once unless told. */
export async function connectDiscord({ sleep }: { readonly sleep?: Sleep } = {}) {
  const fake = await startFakeDiscord();
  onTestFinished(() => fake.close());
  const { telemetry, counted } = recordTelemetry();
  const time = recordSleep();
  const dependencies = { telemetry, sleep: sleep ?? time.sleep };
  const call = createDiscordCaller({ token: fake.token, apiUrl: fake.apiUrl, ...dependencies });
  const stop = new AbortController();
  const outcomes = () =>
    counted.map((event) => (event.name === 'outside_calls' ? event.outcome : event.name));
  return { fake, call, ...dependencies, counted, outcomes, pauses: time.pauses, signal: stop.signal, stop };
}

/** The same, and messages to send to a channel. */
export async function connectChannel(options: Parameters<typeof connectDiscord>[0] = {}) {
  const connection = await connectDiscord(options);
  const { fake, call, signal } = connection;
  const { general } = fake.guild();
  const send = (repeatable = false, limitMs = 30_000) =>
    call('post message', messageTo(general.id), { signal, repeatable, limitMs });
  const sent = () => fake.messagesIn(general).length;
  const tries = () => fake.callsOf('create_message').length;
  return { ...connection, general, send, sent, tries };
}

export function messageTo(channelId: string, content = 'x'): DiscordRequest {
  return { method: 'POST', path: `/channels/${channelId}/messages`, body: { content } };
}

export const ME: DiscordRequest = { method: 'GET', path: '/users/@me' };
