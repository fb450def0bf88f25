import { MessageFlags, Routes } from 'discord.js';
import type { Card } from '../../core/card.ts';
import type { Outlet } from '../../core/chat-ports.ts';
import { OutletError } from '../../core/outlet-error.ts';
import type { Request } from '../../core/request.ts';
import { UserError } from '../../core/user-error.ts';
import { RecentMap } from '../recent-map.ts';
import { withoutImages } from '../without-images.ts';
import { type DiscordInteractionAddress, parseAddress } from './address.ts';
import { DEAD_TOKEN, DiscordRefusal, MISSING_PERMISSIONS, TOO_MANY_FOLLOW_UPS } from './discord-failure.ts';
import { markdown } from './markdown.ts';
import { messageBody, NO_MENTIONS, type ShownFile } from './message-body.ts';
import { editCard, postCard, postInChannel, type SendCardDependencies } from './send-card.ts';

const QUICK_MS = 5000;
/** With pictures. */
const POST_MS = 30_000;

/** Answers in Discord's chats. */
export function createDiscordOutlet(options: Omit<SendCardDependencies, 'files'>): Outlet {
  const { call } = options;
  const dependencies = { ...options, files: new RecentMap<readonly ShownFile[]>() };
  const said = new RecentMap<true>();
  return {
    async working({ address: plain }, signal) {
      const address = parseAddress(plain);
      if (address.kind === 'interaction') return; // acknowledged, it says "is thinking" by itself
      const path = Routes.channelTyping(address.channelId);
      const options = { signal, repeatable: false, limitMs: QUICK_MS };
      await call('typing', { method: 'POST', path }, options).catch(() => {});
    },
    abandon: (request, signal) => abandon(request, dependencies, signal),
    post: (request, card, signal) =>
      orWithoutImages(card, (shown) => postCard(parseAddress(request.address), shown, dependencies, signal)),
    edit: (request, posted, card, signal) =>
      orWithoutImages(card, (shown) =>
        editCard(parseAddress(request.address), posted, shown, dependencies, signal),
      ),
    async toast(request, { text }, signal) {
      const address = parseAddress(request.address);
      if (!text || address.kind === 'message') return; // a press that was acknowledged waits for nothing
      const saying = `${address.interactionId} ${text}`;
      if (said.get(saying)) return; // a press that is worked on again
      said.set(saying, true);
      const body = { content: markdown.plain(text).marked, flags: MessageFlags.Ephemeral };
      await followUp(address, { body, files: [] }, QUICK_MS, dependencies, signal).catch(unlessOver);
    },
    publish: (request, { card }, signal) =>
      publish(parseAddress(request.address), card, dependencies, signal),
    async offer() {
      throw new Error('Discord has no searches.');
    },
    async ping(signal) {
      const options = { signal, repeatable: true, limitMs: QUICK_MS };
      await call('ping', { method: 'GET', path: Routes.user() }, options);
    },
    async mayManage({ address }) {
      const parsed = parseAddress(address);
      return parsed.kind === 'interaction' && parsed.managesCommunity;
    },
  };
}

type Body = Pick<ReturnType<typeof messageBody>, 'body' | 'files'>;

interface SentFollowUp {
  readonly id: string;
  readonly flags?: number;
}

async function followUp(
  { interactionId, applicationId, token }: DiscordInteractionAddress,
  { body, files }: Body,
  limitMs: number,
  { call, acknowledgements }: SendCardDependencies,
  signal: AbortSignal,
): Promise<SentFollowUp> {
  await acknowledgements.taken(interactionId);
  const path = Routes.webhook(applicationId, token);
  const request = {
    method: 'POST',
    path,
    auth: false,
    body: { ...body, allowed_mentions: NO_MENTIONS },
    files,
  } as const;
  return call('follow up', request, { signal, repeatable: false, limitMs });
}

/** After a restart a press may be too old to say something to who pressed, and guests may say little; nor is it said twice. */
function unlessOver(error: unknown): void {
  if (isUnsure(error)) return;
  if (!(error instanceof DiscordRefusal && error.is(...DEAD_TOKEN, TOO_MANY_FOLLOW_UPS))) throw error;
}

function isUnsure(error: unknown): boolean {
  return error instanceof OutletError && error.failure.kind === 'unsure';
}

/** It must not say for a quarter of an hour that an answer comes. */
async function abandon(
  { address, call: { command } }: Request,
  { call, acknowledgements }: SendCardDependencies,
  signal: AbortSignal,
): Promise<void> {
  const parsed = parseAddress(address);
  if (parsed.kind === 'message' || command === 'press') return;
  const { interactionId, applicationId, token } = parsed;
  await acknowledgements.taken(interactionId);
  const path = Routes.webhookMessage(applicationId, token);
  const options = { signal, repeatable: true, limitMs: QUICK_MS };
  await call('abandon', { method: 'DELETE', path, auth: false }, options).catch(() => {});
}

/** A message of its own for all in the channel. */
async function publish(
  address: ReturnType<typeof parseAddress>,
  card: Card,
  dependencies: SendCardDependencies,
  signal: AbortSignal,
): Promise<void> {
  if (address.kind === 'message' || address.posts === 'not at all') throw new UserError('may-not-post', {});
  const { channelId, interactionId: nonce } = address;
  try {
    if (address.posts === 'by token') return await publishAsGuest(address, card, dependencies, signal);
    await orWithoutImages(card, (shown) =>
      postInChannel({ channelId, nonce, card: shown, more: {} }, dependencies, signal),
    );
  } catch (error) {
    if (error instanceof DiscordRefusal && error.is(...DEAD_TOKEN)) {
      throw new OutletError('the interaction is over', { kind: 'gone' }, { cause: error });
    }
    const mayNot =
      (error instanceof OutletError && error.failure.kind === 'gone') ||
      (error instanceof DiscordRefusal && error.is(MISSING_PERMISSIONS, TOO_MANY_FOLLOW_UPS));
    throw mayNot ? new UserError('may-not-post', {}, { cause: error }) : error;
  }
}

/** Where people may not use their own apps in public, Discord shows it to them alone: then it is taken back. */
async function publishAsGuest(
  address: DiscordInteractionAddress,
  card: Card,
  dependencies: SendCardDependencies,
  signal: AbortSignal,
): Promise<void> {
  const { applicationId, token, maxFileBytes } = address;
  const body = messageBody(card, dependencies.encode, { shown: [], maxFileBytes });
  const sent = await followUp(address, body, POST_MS, dependencies, signal).catch((error: unknown) => {
    if (isUnsure(error)) return null; // it may be there, and must not be there twice
    throw error;
  });
  if (!sent || ((sent.flags ?? 0) & MessageFlags.Ephemeral) === 0) return;
  const path = Routes.webhookMessage(applicationId, token, sent.id);
  const options = { signal, repeatable: true, limitMs: QUICK_MS };
  await dependencies.call('take back', { method: 'DELETE', path, auth: false }, options).catch(() => {});
  throw new UserError('may-not-post', {});
}

/** Shows a card without its pictures where the bot may attach none; where it may not write at all, there is no answer. */
async function orWithoutImages<T>(card: Card, act: (card: Card) => Promise<T>): Promise<T> {
  const isForbidden = (error: unknown) => error instanceof DiscordRefusal && error.is(MISSING_PERMISSIONS);
  try {
    return await act(card);
  } catch (error) {
    if (!isForbidden(error)) throw error;
  }
  try {
    return await act(withoutImages(card));
  } catch (error) {
    if (!isForbidden(error)) throw error;
    throw new OutletError('the bot may not write there', { kind: 'gone' }, { cause: error });
  }
}
