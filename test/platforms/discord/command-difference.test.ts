import type { RESTPutAPIApplicationCommandsJSONBody } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { MENU_COMMANDS } from '../../../src/languages/menu-commands.ts';
import {
  commandDifference,
  type RegisteredCommand,
} from '../../../src/platforms/discord/command-difference.ts';
import { discordCommands } from '../../../src/platforms/discord/commands.ts';

const wanted = discordCommands('en');

/** As Discord tells what was registered: with all that it adds, and what was not given as null. */
function registered(commands: RESTPutAPIApplicationCommandsJSONBody = wanted): RegisteredCommand[] {
  const told = commands.map((command, index) => ({
    id: `${index}`,
    application_id: '1',
    version: '7',
    default_member_permissions: null,
    dm_permission: true,
    nsfw: false,
    description: '',
    description_localizations: null,
    something_new: [],
    ...command,
    options: 'options' in command ? (command.options ?? []).map(asTold) : undefined,
  }));
  return JSON.parse(JSON.stringify(told));
}

function asTold(option: object): object {
  return { required: false, autocomplete: null, channel_types: [], min_length: null, ...option };
}

function changed(change: (commands: RegisteredCommand[]) => unknown) {
  const commands = registered();
  change(commands);
  const differences = commandDifference(wanted, commands).filter(({ kind }) => kind !== 'unchanged');
  return differences.map(({ kind, name, fields }) => ({ kind, name, fields }));
}

const option = (commands: RegisteredCommand[], index: number) =>
  commands[0]?.options?.[index] as unknown as Record<string, unknown>;

describe('commandDifference', () => {
  it('says of each whether it is new, where nothing is registered', () => {
    const differences = commandDifference(wanted, []);
    expect(differences.map(({ kind, name }) => `${kind} ${name}`)).toEqual(
      [...MENU_COMMANDS, 'Get the vibe'].map((name) => `new ${name}`),
    );
  });

  it('finds none in what Discord adds, leaves out or puts in another order', () => {
    expect(changed(() => {})).toEqual([]);
    const reorder = (commands: RegisteredCommand[]) => {
      commands.reverse();
      const vibe = commands.find(({ name }) => name === 'vibe') as RegisteredCommand;
      vibe.contexts?.reverse();
      vibe.integration_types?.reverse();
      const [image] = vibe.options as unknown as [{ file_types: string[] }];
      image.file_types.reverse();
    };
    expect(changed(reorder)).toEqual([]);
    // nobody sees another name through them
    const forget = (commands: RegisteredCommand[]) => {
      for (const command of commands) command.name_localizations = null;
    };
    expect(changed(forget)).toEqual([]);
  });

  it('takes no account, for one server, of what only commands for everywhere have', () => {
    const forServer = wanted.map(({ contexts: _, integration_types: __, ...command }) => command);
    const told = registered(forServer as RESTPutAPIApplicationCommandsJSONBody).map((command) => ({
      ...command,
      guild_id: '2',
      contexts: null,
      integration_types: [1],
    }));
    const kinds = commandDifference(forServer as RESTPutAPIApplicationCommandsJSONBody, told).map(
      ({ kind }) => kind,
    );
    expect(new Set(kinds)).toEqual(new Set(['unchanged']));
  });

  it('tells commands of one name apart by where they are offered', () => {
    const other = { type: 2, name: 'Get the vibe' } as RegisteredCommand;
    expect(changed((commands) => commands.push(other))).toEqual([
      { kind: 'removed', name: 'Get the vibe', fields: [] },
    ]);
  });

  it.each([
    ['description', (commands) => Object.assign(commands[0] ?? {}, { description: 'Other' })],
    [
      'description_localizations',
      (commands) => Object.assign(commands[0] ?? {}, { description_localizations: { de: 'Foto' } }),
    ],
    [
      'default_member_permissions',
      (commands) => Object.assign(commands[0] ?? {}, { default_member_permissions: '0' }),
    ],
    ['nsfw', (commands) => Object.assign(commands[0] ?? {}, { nsfw: true })],
    ['contexts', (commands) => Object.assign(commands[0] ?? {}, { contexts: [0] })],
    ['integration_types', (commands) => Object.assign(commands[0] ?? {}, { integration_types: undefined })],
    ['options.image.required', (commands) => Object.assign(option(commands, 0), { required: false })],
    ['options.image.file_types', (commands) => Object.assign(option(commands, 0), { file_types: null })],
    ['options.genre.choices', (commands) => (option(commands, 1)['choices'] as unknown[]).pop()],
    ['options.genre.choices', (commands) => (option(commands, 1)['choices'] as unknown[]).reverse()],
    ['options.genre.min_length', (commands) => Object.assign(option(commands, 1), { min_length: 2 })],
    ['options.private', (commands) => commands[0]?.options?.pop()],
    ['options.size', (commands) => commands[0]?.options?.push({ type: 3, name: 'size', description: 'x' })],
    ['options', (commands) => commands[0]?.options?.reverse()],
  ] as [string, (commands: RegisteredCommand[]) => unknown][])(
    'finds a change by hand: %s',
    (field, change) => {
      expect(changed(change)).toEqual([{ kind: 'changed', name: 'vibe', fields: [field] }]);
    },
  );

  it('names every field that differs, and what is removed last', () => {
    const differences = changed((commands) => {
      Object.assign(commands[1] ?? {}, { description: 'Other', nsfw: true });
      Object.assign(commands[7] ?? {}, { name: 'old' });
    });
    expect(differences).toEqual([
      { kind: 'changed', name: 'playlist', fields: ['description', 'nsfw'] },
      { kind: 'new', name: 'about', fields: [] },
      { kind: 'removed', name: 'old', fields: [] },
    ]);
  });
});
