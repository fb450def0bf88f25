import { isRecord } from '../local-server/is-record.ts';
import type { CallContext, Method, Params } from './method.ts';
import { violation } from './refusal.ts';
import type { World } from './world.ts';

const MAX_COMMANDS = 100;
const MAX_COMMAND_DESCRIPTION = 256;
const COMMAND = /^[a-z0-9_]{1,32}$/;

/** The methods by which the bot says what it is, and asks what is around it. */
export const setupMethods: Readonly<Record<string, Method>> = {
  getMe({ world }) {
    return {
      ...world.bot,
      can_join_groups: true,
      can_read_all_group_messages: false,
      supports_inline_queries: true,
      can_connect_to_business: false,
      has_main_web_app: false,
    };
  },

  setMyCommands(context) {
    const commands = context.params['commands'] as readonly { command: string; description: string }[];
    if (commands.length > MAX_COMMANDS) throw violation('BOT_COMMANDS_TOO_MUCH');
    for (const { command, description } of commands) {
      if (!COMMAND.test(command)) throw violation(`BOT_COMMAND_INVALID: "${command}"`);
      if (description === '' || description.length > MAX_COMMAND_DESCRIPTION) {
        throw violation(`BOT_COMMAND_DESCRIPTION_INVALID: "${command}"`);
      }
    }
    context.world.settings.set(keyOf('commands', context), commands);
    return true;
  },

  deleteMyCommands(context) {
    context.world.settings.delete(keyOf('commands', context));
    return true;
  },

  getMyCommands: (context) => context.world.settings.get(keyOf('commands', context)) ?? [],

  ...textSetting('Name', 'name', 64),
  ...textSetting('Description', 'description', 512),
  ...textSetting('ShortDescription', 'short_description', 120),

  getChatAdministrators: ({ params, world }) => world.chats.administrators(params['chat_id']),
  getChatMember: ({ params, world }) => world.chats.member(params['chat_id'], params['user_id']),
  getFile: ({ params, world }) => world.files.describe(params['file_id']),
};

function textSetting(name: string, parameter: string, limit: number): Record<string, Method> {
  return {
    [`setMy${name}`]: (context) => {
      const text = String(context.params[parameter] ?? '');
      if (text.length > limit) throw violation(`${parameter} is too long: it takes ${limit} characters`);
      context.world.settings.set(keyOf(parameter, context), text);
      return true;
    },
    [`getMy${name}`]: (context) => ({
      [parameter]: context.world.settings.get(keyOf(parameter, context)) ?? '',
    }),
  };
}

function keyOf(kind: string, { params, world }: Pick<CallContext, 'params' | 'world'>): string {
  const language = String(params['language_code'] ?? '');
  if (!/^(?:[a-z]{2})?$/.test(language)) throw violation('invalid language code specified');
  const scope = isRecord(params['scope']) ? params['scope'] : { type: 'default' };
  if (scope['chat_id'] !== undefined) world.chats.get(scope['chat_id']);
  const { type, chat_id = '', user_id = '' } = scope;
  return [kind, type, chat_id, user_id, language].join(' ');
}

/** What `setMyCommands` has set for this scope and language. */
export function settingOf(world: World, kind: string, params: Params): unknown {
  return world.settings.get(keyOf(kind, { params, world }));
}
