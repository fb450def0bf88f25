import { isDeepStrictEqual } from 'node:util';
import type { APIApplicationCommand, RESTPutAPIApplicationCommandsJSONBody } from 'discord.js';

/** What becomes of one command when the wanted ones are put in the place of those that are there. */
export interface CommandDifference {
  readonly kind: 'new' | 'changed' | 'removed' | 'unchanged';
  readonly type: number;
  readonly name: string;
  /** Which differ, by Discord's names: 'description', 'options.genre.choices'. */
  readonly fields: readonly string[];
}

/** As Discord tells it; a command of one server lacks some. */
export type RegisteredCommand = Partial<APIApplicationCommand>;

type Named = Pick<Partial<APIApplicationCommand>, 'name'> & { readonly type?: number | undefined };
type Fields = Readonly<Record<string, unknown>>;

// all that can be set, and what it means to leave it out; Discord tells more, and some as null
const OF_ALL: Fields = {
  type: 1,
  description: '',
  name_localizations: {},
  description_localizations: {},
  options: [],
};
const OF_COMMANDS: Fields = { ...OF_ALL, default_member_permissions: null, nsfw: false };
const OF_COMMANDS_EVERYWHERE: Fields = { ...OF_COMMANDS, integration_types: [0], contexts: null };
const OF_OPTIONS: Fields = {
  ...OF_ALL,
  required: false,
  choices: [],
  autocomplete: false,
  channel_types: [],
  file_types: [],
  min_value: null,
  max_value: null,
  min_length: null,
  max_length: null,
};

/** In the order of the wanted ones, those to be removed last. */
export function commandDifference(
  wanted: RESTPutAPIApplicationCommandsJSONBody,
  registered: readonly RegisteredCommand[],
): readonly CommandDifference[] {
  const before = new Map(registered.map((command) => [keyOf(command), command]));
  const kept = wanted.map((command): CommandDifference => {
    const known = before.get(keyOf(command));
    before.delete(keyOf(command));
    if (!known) return difference('new', command);
    const fields = fieldsThatDiffer({ ...command }, { ...known }, fieldsOf(known));
    return difference(fields.length > 0 ? 'changed' : 'unchanged', command, fields);
  });
  return [...kept, ...[...before.values()].map((command) => difference('removed', command))];
}

function difference(
  kind: CommandDifference['kind'],
  { type = 1, name = '' }: Named,
  fields: readonly string[] = [],
): CommandDifference {
  return { kind, type, name, fields };
}

function keyOf({ type = 1, name }: Named): string {
  return `${type} ${name}`;
}

// who can use a command of one server is no matter of the command
function fieldsOf({ guild_id }: RegisteredCommand): Fields {
  return guild_id === undefined ? OF_COMMANDS_EVERYWHERE : OF_COMMANDS;
}

function fieldsThatDiffer(wanted: Fields, registered: Fields, defaults: Fields, path = ''): string[] {
  return Object.entries(defaults).flatMap(([field, fallback]) => {
    const [ours, theirs] = [wanted[field] ?? fallback, registered[field] ?? fallback];
    if (isDeepStrictEqual(ours, theirs)) return [];
    if (field === 'options') {
      return optionsThatDiffer(ours as readonly Fields[], theirs as readonly Fields[], `${path}options`);
    }
    const isSame = isDeepStrictEqual(plain(field, ours, wanted), plain(field, theirs, registered));
    return isSame ? [] : [`${path}${field}`];
  });
}

function optionsThatDiffer(wanted: readonly Fields[], registered: readonly Fields[], path: string): string[] {
  const byName = (options: readonly Fields[]) =>
    new Map(options.map((option) => [String(option['name']), option]));
  const [ours, theirs] = [byName(wanted), byName(registered)];
  const names = [...new Set([...ours.keys(), ...theirs.keys()])];
  const differing = names.flatMap((name) => {
    const [our, their] = [ours.get(name), theirs.get(name)];
    return our && their ? fieldsThatDiffer(our, their, OF_OPTIONS, `${path}.${name}.`) : [`${path}.${name}`];
  });
  const isSameOrder = isDeepStrictEqual([...ours.keys()], [...theirs.keys()]);
  return differing.length > 0 || isSameOrder ? differing : [path];
}

/** Without what makes no difference to anybody. */
function plain(field: string, value: unknown, { name, description }: Fields): unknown {
  switch (field) {
    case 'name_localizations':
      return without(value, name);
    case 'description_localizations':
      return without(value, description);
    case 'choices':
      return (value as readonly Fields[]).map((choice) => ({
        name: choice['name'],
        value: choice['value'],
        names: without(choice['name_localizations'] ?? {}, choice['name']),
      }));
    default:
      return Array.isArray(value) ? value.toSorted() : value;
  }
}

/** The translations that say something else than the text itself. */
function without(translations: unknown, text: unknown): Fields {
  return Object.fromEntries(Object.entries(translations as Fields).filter(([, one]) => one !== text));
}
