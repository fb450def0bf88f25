import { isRecord } from '../local-server/is-record.ts';
import { invalidForm, type Problem } from './api-refusal.ts';
import type { Json } from './discord-types.ts';

type Path = Problem['path'];

const LOCALES = new Set(
  'id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko'.split(
    ' ',
  ),
);
const CHAT_NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const MOST: Readonly<Record<number, number>> = { 1: 100, 2: 15, 3: 15 };
const MAX_CHARACTERS = 8000;
const MAX_NAME = 32;
const MAX_DESCRIPTION = 100;
const CHAT = 1;
const NESTING = new Set([1, 2]);

/** Throws Discord's refusal where commands break one of the limits that its document does not tell. */
export function checkCommands(commands: readonly Json[]): void {
  const problems = commands.flatMap((command, index) => ofCommand(command, [index]));
  problems.push(
    ...duplicates(
      commands,
      (command) => `${typeOf(command)} ${command['name']}`,
      'APPLICATION_COMMANDS_DUPLICATE_NAME',
      [],
    ),
  );
  for (const [type, most] of Object.entries(MOST)) {
    const count = commands.filter((command) => typeOf(command) === Number(type)).length;
    if (count > most) {
      problems.push({
        path: [],
        code: 'APPLICATION_COMMANDS_MAX',
        message: `${count} commands of type ${type}, where ${most} is the most`,
      });
    }
  }
  if (problems.length > 0) throw invalidForm(problems);
}

function ofCommand(command: Json, path: Path): Problem[] {
  const isChat = typeOf(command) === CHAT;
  const length = characters(command);
  const tooLong: Problem[] =
    length > MAX_CHARACTERS
      ? [
          {
            path,
            code: 'APPLICATION_COMMAND_TOO_LARGE',
            message: `Command exceeds maximum size of 8000, with ${length}`,
          },
        ]
      : [];
  return [...tooLong, ...ofTexts(command, path, { isChat }), ...ofOptions(command, path)];
}

function ofTexts(command: Json, path: Path, { isChat }: { readonly isChat: boolean }): Problem[] {
  const { name, description } = command;
  const isNameRight = (text: unknown) =>
    typeof text === 'string' && (isChat ? isChatName(text) : text.length <= MAX_NAME);
  const hasDescription = typeof description === 'string' && description !== '';
  const problems = translations(command, path, 'name', isNameRight);
  if (!isNameRight(name)) problems.push(invalid([...path, 'name'], `"${name}" is no name`));
  if (isChat !== hasDescription) {
    problems.push(
      invalid([...path, 'description'], isChat ? 'This field is required' : 'only slash commands have one'),
    );
  }
  const isDescription = (text: unknown) =>
    typeof text === 'string' && text !== '' && [...text].length <= MAX_DESCRIPTION;
  return [...problems, ...translations(command, path, 'description', isDescription)];
}

function isChatName(name: string): boolean {
  return CHAT_NAME.test(name) && name === name.toLowerCase();
}

function translations(
  command: Json,
  path: Path,
  field: string,
  isRight: (text: unknown) => boolean,
): Problem[] {
  const key = `${field}_localizations`;
  const texts = command[key];
  if (!isRecord(texts)) return [];
  return Object.entries(texts).flatMap(([locale, text]) => {
    const at = [...path, key, locale];
    if (!LOCALES.has(locale))
      return [{ path: at, code: 'UNKNOWN_LOCALE', message: `Discord has no locale ${locale}` }];
    return isRight(text) ? [] : [invalid(at, `"${text}" is no ${field}`)];
  });
}

function ofOptions(command: Json, path: Path): Problem[] {
  const options = (command['options'] ?? []) as readonly Json[];
  const at = (index: number) => [...path, 'options', index];
  const nested = options.filter((option) => NESTING.has(Number(option['type']))).length;
  const problems = duplicates(
    options,
    ({ name }) => String(name),
    'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
    [...path, 'options'],
  );
  if (nested > 0 && nested < options.length) {
    problems.push({
      path: [...path, 'options'],
      code: 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
      message: 'subcommands mix with nothing else',
    });
  }
  const firstOptional = options.findIndex(({ required }) => required !== true);
  options.forEach((option, index) => {
    const isLate =
      nested === 0 && option['required'] === true && firstOptional !== -1 && firstOptional < index;
    const message = 'Required options must be placed before non-required options';
    if (isLate)
      problems.push({ path: at(index), code: 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID', message });
    if (option['autocomplete'] === true && option['choices'])
      problems.push(invalid(at(index), 'choices or autocomplete, not both'));
    problems.push(...ofTexts(option, at(index), { isChat: true }), ...ofOptions(option, at(index)));
  });
  return problems;
}

function duplicates(all: readonly Json[], keyOf: (one: Json) => string, code: string, path: Path): Problem[] {
  const isUnique = new Set(all.map(keyOf)).size === all.length;
  return isUnique ? [] : [{ path, code, message: 'names must be unique' }];
}

// Of a text and its translations, the longest counts.
function characters(command: Json): number {
  const longest = (field: string) => {
    const texts = [command[field], ...Object.values((command[`${field}_localizations`] ?? {}) as Json)];
    return Math.max(...texts.map((text) => (typeof text === 'string' ? [...text].length : 0)));
  };
  const choices = (command['choices'] ?? []) as readonly Json[];
  const inner = (command['options'] ?? []) as readonly Json[];
  const ofChoices = choices.reduce(
    (sum, { name, value }) => sum + `${name}`.length + (typeof value === 'string' ? value.length : 0),
    0,
  );
  return (
    longest('name') +
    longest('description') +
    ofChoices +
    inner.reduce((sum, option) => sum + characters(option), 0)
  );
}

function typeOf(command: Json): number {
  return Number(command['type'] ?? CHAT);
}

function invalid(path: Path, message: string): Problem {
  return { path, code: 'APPLICATION_COMMAND_INVALID', message };
}
