import {
  type APIApplicationCommand,
  ApplicationCommandType,
  type RESTPutAPIApplicationCommandsJSONBody,
  Routes,
} from 'discord.js';
import type { Language } from '../src/core/types.ts';
import { LANGUAGES } from '../src/languages/languages.ts';
import type { RegistrationWords } from '../src/languages/registration-words.ts';
import { type CommandDifference, commandDifference } from '../src/platforms/discord/command-difference.ts';
import { discordCommands } from '../src/platforms/discord/commands.ts';
import type { DiscordCaller } from '../src/platforms/discord/discord-caller.ts';

export interface Registration {
  readonly call: DiscordCaller;
  /** The one server to register for; null: everywhere. */
  readonly guildId: string | null;
  readonly defaultLanguage: Language;
  readonly dryRun: boolean;
  show(line: string): void;
}

const WITH_LOCALIZATIONS = new URLSearchParams({ with_localizations: 'true' });

/** Shows how the commands that Discord knows differ from ours, then puts ours in their place, unless nothing differs. */
export async function registerCommands(registration: Registration, signal: AbortSignal): Promise<void> {
  const { call, guildId, defaultLanguage, dryRun, show } = registration;
  const { registration: words } = LANGUAGES[defaultLanguage];
  const options = { signal, repeatable: true };
  const own = { method: 'GET', path: Routes.currentApplication() } as const;
  const { id } = await call<{ readonly id: string }>('get application', own, options);
  const path = guildId ? Routes.applicationGuildCommands(id, guildId) : Routes.applicationCommands(id);
  const all = { method: 'GET', path, query: WITH_LOCALIZATIONS } as const;
  const registered = await call<readonly APIApplicationCommand[]>('get commands', all, options);
  const commands = discordCommands(defaultLanguage);
  const wanted = guildId ? commands.map(forOneServer) : commands;
  const differences = commandDifference(wanted, registered);
  show(guildId ? words.inServer(guildId) : words.everywhere);
  for (const difference of differences) show(describe(difference, words));
  if (differences.every(({ kind }) => kind === 'unchanged')) return show(words.nothingToDo);
  if (dryRun) return show(words.onlyShown);
  await call('put commands', { method: 'PUT', path, body: wanted }, options);
  show(words.written);
}

type Command = RESTPutAPIApplicationCommandsJSONBody[number];

// there it is the server that says who may use them
function forOneServer({ integration_types: _, contexts: __, ...command }: Command): Command {
  return command;
}

function describe({ kind, type, name, fields }: CommandDifference, words: RegistrationWords): string {
  const command = type === ApplicationCommandType.ChatInput ? `/${name}` : name;
  switch (kind) {
    case 'new':
      return words.added(command);
    case 'changed':
      return words.changed(command, fields);
    case 'removed':
      return words.removed(command);
    case 'unchanged':
      return words.unchanged(command);
  }
}
