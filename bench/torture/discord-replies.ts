import type { DiscordMessage } from '../../test/support/discord/discord-types.ts';
import type { FakeDiscord } from '../../test/support/discord/fake-discord.ts';

/** The bot's messages in channels by what they answer: it posts them with a nonce that is the id of that. */
export interface DiscordReplies {
  /** Ids, oldest first; `id`: of a message, or of an interaction whose time was over. */
  to(id: string): readonly string[];
}

/** Reads each call once: to look through all messages of all channels again and again would take all the time there is. */
export function createDiscordReplies(fake: FakeDiscord): DiscordReplies {
  const byNonce = new Map<string, Set<string>>();
  let read = 0;
  const readOn = () => {
    for (; fake.calls[read]?.status !== undefined; read += 1) {
      const { method, params, result } = fake.calls[read] ?? {};
      if (method !== 'create_message' || !result) continue;
      const nonce = `${params?.['nonce']}`;
      byNonce.set(nonce, (byNonce.get(nonce) ?? new Set()).add((result as DiscordMessage).id));
    }
  };
  return {
    to(id) {
      readOn();
      return [...(byNonce.get(id) ?? [])];
    },
  };
}
