import type { FakeDiscord } from '../../test/support/discord/fake-discord.ts';
import type { Interaction } from '../../test/support/discord/interact.ts';
import type { SeenMessage } from '../../test/support/discord/message-store.ts';
import type { DiscordReplies } from './discord-replies.ts';
import type { Asked, Person, Shown } from './person.ts';

export interface DiscordPersonOptions {
  readonly fake: FakeDiscord;
  readonly replies: DiscordReplies;
  /** Whether the program has written down the request of this key. */
  knows(key: string): boolean;
  /** The number of the program that runs: what was told to an earlier one is told to no other. */
  run(): number;
  /** Whether the next photos go with /vibe, and not in a message. */
  asksByCommand(): boolean;
}

/** Discord takes no acknowledgement after three seconds; what is left is for the way. */
const ACKNOWLEDGED_BY_MS = 3500;

/** Somebody in the direct messages with the bot. Discord tells what happens once: what a program that dies has not written down is lost. */
export function createDiscordPerson({ fake, replies, ...options }: DiscordPersonOptions): Person {
  const by = fake.user();
  const channel = fake.dm(by);
  const ofBot = () => fake.messagesIn(channel).filter(isShown);
  const inChannel = (id: string) => replies.to(id).map((each) => fake.message(each));
  const askedBy = (interaction: Interaction): Asked => {
    const askedAt = performance.now();
    return {
      keys: [`discord:interaction:${interaction.id}`],
      accepted() {
        if (interaction.acknowledgedAs !== undefined) return 'yes';
        return performance.now() - askedAt > ACKNOWLEDGED_BY_MS ? 'no' : 'open';
      },
      answers() {
        const { answer, id } = interaction;
        return [...(answer ? [answer] : []), ...inChannel(id)].filter(isShown).map(shown);
      },
    };
  };
  return {
    platform: 'discord',
    id: by.id,
    send(photos) {
      const [bytes] = photos;
      if (photos.length === 1 && bytes && options.asksByCommand())
        return askedBy(fake.slash('vibe', { image: { bytes } }, { by }));
      const run = options.run();
      const { id } = fake.sendFiles(
        photos.map((each) => ({ bytes: each })),
        { from: by },
      );
      const isLost = fake.gateway.events.at(-1)?.fate === 'lost';
      const key = `discord:message:${id}`;
      return {
        keys: [key],
        accepted() {
          if (options.knows(key)) return 'yes';
          return isLost || options.run() > run ? 'no' : 'open';
        },
        answers: () => inChannel(id).filter(isShown).map(shown),
      };
    },
    command: (name) => askedBy(fake.slash(name, {}, { by })),
    press: ({ id }, label) => ({ ...askedBy(fake.press({ id }, label, by)), answers: () => [] }),
    messages: () => ofBot().map(shown),
    seesBot: () => fake.gateway.sessions.some(({ isConnected }) => isConnected),
    posts: () =>
      fake
        .callsOf('create_message')
        .filter(({ path }) => path['channel_id'] === channel.id)
        .map(({ at, status }) => ({ at, isAnswered: status !== 0 })),
  };
}

function isShown({ fromBot, deleted, isLoading, isEphemeral }: SeenMessage): boolean {
  return fromBot && !deleted && !isLoading && !isEphemeral;
}

function shown({ id, text, pictures, buttons }: SeenMessage): Shown {
  return { id, text, hasPicture: pictures.length > 0, buttons: buttons.map(({ label }) => label ?? '') };
}
