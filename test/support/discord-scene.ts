import { expect, onTestFinished } from 'vitest';
import { LANGUAGES } from '../../src/languages/languages.ts';
import { createLocalExplainer } from '../../src/services/local-explainer.ts';
import { startFakeDiscord } from './discord/fake-discord.ts';
import type { Interaction } from './discord/interact.ts';
import type { SeenMessage } from './discord/message-store.ts';
import { discordPlatform } from './discord-driver.ts';
import { openState } from './open-state.ts';
import { flat } from './pictures.ts';
import { startCore } from './platform-core.ts';

export const PHOTO = await flat(40, 30, 'teal').jpeg().toBuffer();

/** The program's core on a local Discord, and what people see of it. All goes when the test does. */
export async function openDiscordScene() {
  const fake = await startFakeDiscord();
  onTestFinished(() => fake.close());
  const state = openState(() => Date.now());
  const adapter = discordPlatform(fake);
  const core = await startCore({ name: 'discord', adapter, ...state, explainer: createLocalExplainer() });
  onTestFinished(async () => {
    await core.stop();
    expect(fake.violations).toEqual([]);
  });
  const cardsIn = (channel: { readonly id: string }) =>
    fake.messagesIn(channel).filter(({ fromBot, deleted, isLoading }) => fromBot && !deleted && !isLoading);
  /** Resolves with the message once it shows that. */
  const until = async (id: string, shows: (seen: SeenMessage) => unknown): Promise<SeenMessage> => {
    await fake.waitUntil(() => shows(fake.message(id)));
    return fake.message(id);
  };
  return {
    ...{ fake, core, cardsIn, until },
    /** Resolves with the whole answer to a command. */
    async answered(interaction: Interaction): Promise<SeenMessage> {
      await fake.waitUntil(() => interaction.answer && isWhole(interaction.answer));
      return interaction.answer as SeenMessage;
    },
    /** Resolves with all that the bot has published in a channel, once it is so much. */
    async published(channel: { readonly id: string }, count = 1): Promise<readonly SeenMessage[]> {
      const all = () => cardsIn(channel).filter(({ isEphemeral }) => !isEphemeral);
      await fake.waitUntil(() => all().length === count);
      return all();
    },
    /** Resolves with what was said in passing after a press. */
    async said({ id }: Interaction): Promise<SeenMessage> {
      const find = () => {
        const { result } = fake.callsOf('execute_webhook').find((call) => answers(call.result, id)) ?? {};
        return result as { readonly id: string } | undefined;
      };
      await fake.waitUntil(find);
      return fake.message(find()?.id ?? '');
    },
  };
}

function answers(result: unknown, interactionId: string): boolean {
  const { interaction_metadata } = (result ?? {}) as { interaction_metadata?: { readonly id: string } };
  return interaction_metadata?.id === interactionId;
}

/** The words have come. */
function isWhole({ text }: SeenMessage): boolean {
  return [LANGUAGES.en, LANGUAGES.ar].some(({ card }) => text.includes(card.heatmapHeading));
}

export const bytesOf = ({ pictures }: SeenMessage): readonly (Buffer | undefined)[] =>
  pictures.map(({ bytes }) => bytes);

export const labelsOf = ({ buttons }: SeenMessage): readonly string[] =>
  buttons.map(({ label }) => label ?? '');
