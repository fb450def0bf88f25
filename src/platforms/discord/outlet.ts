import { MessageFlags, Routes } from 'discord.js';
import type { Outlet } from '../../core/chat-ports.ts';
import type { Request } from '../../core/request.ts';
import { RecentMap } from '../recent-map.ts';
import { parseAddress } from './address.ts';
import type { SendCardDependencies } from './channel-message.ts';
import { DEAD_TOKEN, DiscordRefusal, TOO_MANY_FOLLOW_UPS } from './discord-failure.ts';
import { followUp, isUnsure } from './follow-up.ts';
import { markdown } from './markdown.ts';
import type { ShownFile } from './message-body.ts';
import { orWithoutAttachments } from './or-without-attachments.ts';
import { publishCard } from './publish-card.ts';
import { editCard, postCard } from './send-card.ts';
import { editSongs, postSongs } from './send-songs.ts';

const QUICK_MS = 5000;

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
    post: ({ address: plain, call: asked }, card, signal) => {
      const address = parseAddress(plain);
      return orWithoutAttachments(card, (shown) =>
        asked.command === 'tracks'
          ? postSongs(address, { replyTo: asked.replyTo, card: shown }, dependencies, signal)
          : postCard(address, shown, dependencies, signal),
      );
    },
    // what a command is answered with takes the place of "is thinking", and a reply has its nonce; a command's songs are
    // another message each time
    isRepeatable: async ({ address, call: { command } }) =>
      parseAddress(address).kind === 'message' || command !== 'tracks',
    edit: ({ address: plain, call: asked }, posted, card, signal) => {
      const address = parseAddress(plain);
      const edit = asked.command === 'tracks' ? editSongs : editCard;
      return orWithoutAttachments(card, (shown) => edit(address, posted, shown, dependencies, signal));
    },
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
      publishCard(parseAddress(request.address), card, dependencies, signal),
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

/** After a restart a press may be too old to say something to who pressed, and guests may say little; nor is it said twice. */
function unlessOver(error: unknown): void {
  if (isUnsure(error)) return;
  if (!(error instanceof DiscordRefusal && error.is(...DEAD_TOKEN, TOO_MANY_FOLLOW_UPS))) throw error;
}

/** It must not say for a quarter of an hour that an answer comes. */
async function abandon(
  { address, call: { command } }: Request,
  { call, acknowledgements }: SendCardDependencies,
  signal: AbortSignal,
): Promise<void> {
  const parsed = parseAddress(address);
  // a press and songs belong to an answer that is there
  if (parsed.kind === 'message' || command === 'press' || command === 'tracks') return;
  const { interactionId, applicationId, token } = parsed;
  await acknowledgements.taken(interactionId);
  const path = Routes.webhookMessage(applicationId, token);
  const options = { signal, repeatable: true, limitMs: QUICK_MS };
  await call('abandon', { method: 'DELETE', path, auth: false }, options).catch(() => {});
}
