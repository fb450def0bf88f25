import { refuse } from './api-refusal.ts';
import { checkCommands } from './check-commands.ts';
import type { StoredCommand } from './command-store.ts';
import type { Json } from './discord-types.ts';
import type { CallContext, Method, Methods } from './method.ts';

/** Registration of commands: the same for everywhere and for one guild. */
export const commandMethods: Methods = {
  list_application_commands: list,
  list_guild_application_commands: list,
  get_application_command: get,
  get_guild_application_command: get,
  bulk_set_application_commands: replaceAll,
  bulk_set_guild_application_commands: replaceAll,
  create_application_command: create,
  create_guild_application_command: create,
  update_application_command: update,
  update_guild_application_command: update,
  delete_application_command: remove,
  delete_guild_application_command: remove,
};

function list(context: CallContext): ReturnType<Method> {
  const commands = context.world.commands.of(guildOf(context));
  const isWhole = context.query['with_localizations'] === 'true';
  return commands.map((command) => (isWhole ? told(context, command) : untranslated(told(context, command))));
}

function get(context: CallContext): ReturnType<Method> {
  return told(context, find(context));
}

function replaceAll(context: CallContext): ReturnType<Method> {
  return set(context, (context.call.body ?? []) as readonly Json[]).map((command) => told(context, command));
}

function create(context: CallContext): ReturnType<Method> {
  const { world, body } = context;
  const before = world.commands.of(guildOf(context)).map(({ given }) => given);
  const isSame = (one: Json) => one['name'] === body['name'] && (one['type'] ?? 1) === (body['type'] ?? 1);
  const made = set(context, [...before.filter((one) => !isSame(one)), body]).at(-1);
  return made && told(context, made);
}

function update(context: CallContext): ReturnType<Method> {
  const { id, given } = find(context);
  const all = context.world.commands.of(guildOf(context));
  const changed = all.map((command) => (command.id === id ? { ...given, ...context.body } : command.given));
  const index = all.findIndex((command) => command.id === id);
  const made = set(context, changed)[index];
  return made && told(context, made);
}

function remove(context: CallContext): undefined {
  find(context);
  context.world.commands.remove(guildOf(context), context.path['command_id'] ?? '');
}

function set(context: CallContext, commands: readonly Json[]): readonly StoredCommand[] {
  const guildId = guildOf(context);
  checkCommands(commands);
  return context.world.commands.replace(guildId, commands);
}

function find(context: CallContext): StoredCommand {
  const commands = context.world.commands.of(guildOf(context));
  const found = commands.find(({ id }) => id === context.path['command_id']);
  if (!found) throw refuse(10063);
  return found;
}

// Also says whether the bot may register here at all.
function guildOf({ world, path }: CallContext): string | undefined {
  if (path['application_id'] !== world.bot.id) throw refuse(50001);
  const guildId = path['guild_id'];
  if (guildId !== undefined && world.places.guilds.get(guildId)?.hasBot !== true) throw refuse(50001);
  return guildId;
}

function told({ world }: CallContext, { id, version, type, name, guildId, given }: StoredCommand): Json {
  return {
    application_id: world.bot.id,
    default_member_permissions: null,
    description: '',
    description_localizations: null,
    name_localizations: null,
    nsfw: false,
    ...(guildId === undefined
      ? { contexts: null, integration_types: [0], dm_permission: true }
      : { guild_id: guildId }),
    ...given,
    ...{ id, version, type, name },
  };
}

function untranslated(command: Json): Json {
  const { name_localizations: _, description_localizations: __, ...rest } = command;
  const { options, choices } = rest;
  return {
    ...rest,
    ...(Array.isArray(options) && { options: options.map(untranslated) }),
    ...(Array.isArray(choices) && { choices: choices.map(untranslated) }),
  };
}
