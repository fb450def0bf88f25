import type { FileGiven } from './attachment-store.ts';
import { checkOffered } from './check-offered.ts';
import type { DiscordUser, Json } from './discord-types.ts';
import { type Acting, type Interaction, InteractionType, interact } from './interact.ts';
import { fileOf } from './people-messages.ts';
import type { World } from './world.ts';

/** What is filled in for an option: a file, a text, a number, yes or no, or a person. */
export type OptionValue = string | number | boolean | FileGiven | DiscordUser;

export type OptionValues = Readonly<Record<string, OptionValue | undefined>>;

const OptionType = {
  subcommand: 1,
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  number: 10,
  attachment: 11,
} as const;
const Kind = { chat: 1, message: 3 } as const;

interface Resolved {
  readonly attachments: Record<string, unknown>;
  readonly users: Record<string, unknown>;
}

/**
 * A slash command, with a subcommand where the name has a second word.
 * Once commands are registered, throws where Discord's own client would offer no such command or option.
 */
export function runCommand(world: World, name: string, values: OptionValues, acting: Acting): Interaction {
  const [main = '', ...nested] = name.split(' ');
  const channelId = (acting.channel ?? world.places.dm(acting.by)).id;
  const resolved: Resolved = { attachments: {}, users: {} };
  const command = lookUp(world, main, Kind.chat, acting);
  const definitions = nested.reduce(
    (options, word) => optionsOf(options?.find((option) => option['name'] === word)),
    optionsOf(command.given),
  );
  checkValues(name, definitions, values);
  const filled = Object.entries(values).flatMap(([option, value]) => {
    if (value === undefined) return [];
    const definition = definitions?.find((one) => one['name'] === option);
    return [{ name: option, ...fill(world, value, { channelId, resolved, definition }) }];
  });
  const options = nested.reduceRight<Json[]>(
    (inner, word) => [{ name: word, type: OptionType.subcommand, options: inner }],
    filled,
  );
  const data = {
    id: command.id,
    name: main,
    type: Kind.chat,
    options,
    resolved: withoutEmpty(resolved),
    ...command.guild,
  };
  return interact(world, { type: InteractionType.command, data }, acting);
}

/** A command from the menu of a message. It brings the whole message, whatever the intents. */
export function runMessageCommand(
  world: World,
  name: string,
  messageId: string,
  acting: Acting,
): Interaction {
  const stored = world.messages.get(messageId);
  if (!stored) throw new Error(`there is no message ${messageId} to use "${name}" on`);
  const channel = acting.channel ?? world.places.channels.get(stored.raw.channel_id);
  const command = lookUp(world, name, Kind.message, { ...acting, ...(channel && { channel }) });
  const data = {
    id: command.id,
    name,
    type: Kind.message,
    target_id: messageId,
    resolved: { messages: { [messageId]: world.present(stored.raw) } },
    ...command.guild,
  };
  return interact(world, { type: InteractionType.command, data }, { ...acting, ...(channel && { channel }) });
}

function lookUp(world: World, name: string, kind: number, acting: Acting) {
  const channel = acting.channel ?? world.places.dm(acting.by);
  const known = world.commands.find(name, kind, channel.guild?.id);
  if (known) checkOffered(world, known, channel, acting);
  if (known)
    return { id: known.id, given: known.given, guild: known.guildId ? { guild_id: known.guildId } : {} };
  if (!world.commands.isEmpty) throw new Error(`no command "${name}" of type ${kind} is registered`);
  return { id: world.clock.snowflake(), given: undefined, guild: {} };
}

function optionsOf(definition: Json | undefined): readonly Json[] | undefined {
  return definition && ((definition['options'] ?? []) as readonly Json[]);
}

function checkValues(command: string, definitions: readonly Json[] | undefined, values: OptionValues): void {
  if (!definitions) return;
  const names = definitions.map((definition) => definition['name']);
  const stranger = Object.keys(values).find((name) => values[name] !== undefined && !names.includes(name));
  if (stranger !== undefined)
    throw new Error(`/${command} has no option "${stranger}"; there are: ${names.join(', ') || 'none'}`);
  const missing = definitions.find(
    ({ name, required }) => required === true && values[String(name)] === undefined,
  );
  if (missing) throw new Error(`/${command} needs the option "${missing['name']}"`);
  for (const { name, choices } of definitions) {
    const value = values[String(name)];
    const offered = (choices as readonly Json[] | undefined)?.map((choice) => choice['value']);
    if (value === undefined || !offered || offered.includes(value)) continue;
    throw new Error(
      `/${command} offers no "${String(value)}" for "${name}"; there are: ${offered.join(', ')}`,
    );
  }
}

function fill(
  world: World,
  value: OptionValue,
  {
    channelId,
    resolved,
    definition,
  }: { channelId: string; resolved: Resolved; definition: Json | undefined },
): Json {
  if (typeof value === 'string') return { type: OptionType.string, value };
  if (typeof value === 'boolean') return { type: OptionType.boolean, value };
  if (typeof value === 'number') {
    return {
      type: definition?.['type'] ?? (Number.isInteger(value) ? OptionType.integer : OptionType.number),
      value,
    };
  }
  if ('bytes' in value) {
    const stored = world.attachments.add(channelId, fileOf(value), true);
    resolved.attachments[stored.id] = world.attachments.describe(stored);
    return { type: OptionType.attachment, value: stored.id };
  }
  resolved.users[value.id] = value;
  return { type: OptionType.user, value: value.id };
}

function withoutEmpty(resolved: Resolved): Json {
  return Object.fromEntries(
    Object.entries(resolved).filter(([, entries]) => Object.keys(entries).length > 0),
  );
}
