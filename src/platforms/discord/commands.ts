import {
  type APIApplicationCommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  Locale,
  type LocalizationMap,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord.js';
import { GENRES } from '../../core/genre.ts';
import { REGIONS } from '../../core/playlist.ts';
import { LANGUAGE_CODES, type Language } from '../../core/types.ts';
import type { Words } from '../../languages/language.ts';
import { LANGUAGES } from '../../languages/languages.ts';
import { MENU_COMMANDS, type MenuCommand } from '../../languages/menu-commands.ts';
import type { SlashOption } from '../../languages/slash-words.ts';

/** On the menu of a message; Discord tells it by this name whatever language it is shown in. */
const MESSAGE_COMMAND = LANGUAGES.en.chat.slash.message;

/** Where each of ours can be used: in servers and by who installs it for themselves, in every kind of chat. */
const EVERYWHERE = {
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
};

type Text = (words: Words) => string;

/** All that Discord offers while people type: in the default language, and in ours for who has chosen one in Discord. */
export function discordCommands(defaultLanguage: Language): RESTPutAPIApplicationCommandsJSONBody {
  const words = LANGUAGES[defaultLanguage];
  const options = optionsOf(words);
  const slash = MENU_COMMANDS.map((command) => ({
    type: ApplicationCommandType.ChatInput as const,
    ...named(command),
    ...described(words, ({ chat }) => (command === 'vibe' ? chat.slash.vibe : chat.menu[command])),
    options: options[command],
    ...EVERYWHERE,
  }));
  const message = {
    type: ApplicationCommandType.Message as const,
    name: MESSAGE_COMMAND,
    name_localizations: translated(({ chat }) => chat.slash.message),
    ...EVERYWHERE,
  };
  return [...slash, message];
}

function optionsOf(words: Words): Record<MenuCommand, APIApplicationCommandOption[]> {
  const image: APIApplicationCommandOption = {
    type: ApplicationCommandOptionType.Attachment,
    ...named('image'),
    ...described(words, ({ chat }) => chat.slash.image),
    required: true,
    file_types: ['image', '.heic', '.heif'],
  };
  const genre = (text: Text): APIApplicationCommandOption => ({
    type: ApplicationCommandOptionType.String,
    ...named('genre'),
    ...described(words, text),
    choices: GENRES.map((code) => choice(words, code, ({ genres }) => genres[code])),
  });
  const isPrivate: APIApplicationCommandOption = {
    type: ApplicationCommandOptionType.Boolean,
    ...named('private'),
    ...described(words, ({ chat }) => chat.slash.private),
  };
  const region: APIApplicationCommandOption = {
    type: ApplicationCommandOptionType.String,
    ...named('region'),
    ...described(words, ({ chat }) => chat.slash.region),
    choices: REGIONS.map((code) => choice(words, code, ({ regions }) => regions[code])),
  };
  const language: APIApplicationCommandOption = {
    type: ApplicationCommandOptionType.String,
    ...named('language'),
    ...described(words, ({ chat }) => chat.slash.language),
    choices: LANGUAGE_CODES.map((code) => ({ name: LANGUAGES[code].name, value: code })),
  };
  return {
    vibe: [image, genre(({ chat }) => chat.slash.why), isPrivate],
    playlist: [genre(({ chat }) => chat.slash.genre), region],
    stats: [isPrivate],
    language: [language],
    privacy: [],
    export: [],
    forget: [],
    about: [],
    help: [],
  };
}

// the base name is the code: it is what comes back, whatever people saw
function named(name: MenuCommand | SlashOption) {
  return { name, name_localizations: translated(({ chat }) => chat.slash.names[name]) };
}

function described(words: Words, text: Text) {
  return { description: text(words), description_localizations: translated(text) };
}

function choice(words: Words, value: string, text: Text) {
  return { name: text(words), name_localizations: translated(text), value };
}

// Discord shows only some languages; one of ours that it takes up later is there by itself
function translated(text: Text): LocalizationMap {
  const entries = Object.values(Locale).flatMap((locale) => {
    const code = LANGUAGE_CODES.find((one) => one === locale.split('-')[0]);
    return code ? [[locale, text(LANGUAGES[code])]] : [];
  });
  return Object.fromEntries(entries);
}
