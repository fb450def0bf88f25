import { OpenaiRefusal } from '../../test/support/openai/openai-refusal.ts';
import { YoutubeRefusal } from '../../test/support/youtube/youtube-refusal.ts';
import type { World } from './world.ts';

/** Something that goes wrong for a while. */
export interface TortureFault {
  readonly name: string;
  /** Lets it begin; what it gives end it. `oneIn`: whether a call is one of the few, or many, that it meets. */
  begin(world: World, oneIn: (calls: number) => () => boolean): readonly { release(): void }[];
}

const ALWAYS = { times: Number.POSITIVE_INFINITY };
const DROP = { kind: 'drop', ...ALWAYS } as const;
const STALL = { kind: 'stall', ...ALWAYS } as const;
const BAD_GATEWAY = { kind: 'answer', status: 502, body: '<html>Bad Gateway</html>', ...ALWAYS } as const;
const LOST = { kind: 'drop-reply' } as const;

const FUNCTIONS = ['Invoke:vibe-archive', 'Invoke:vibe-erase'] as const;
const OBJECTS = ['PutObject', 'DeleteObjects', 'ListObjectVersions'] as const;
const TABLE = ['UpdateItem', 'PutItem', 'GetItem', 'Query', 'DeleteItem'].map((name) => `dynamodb:${name}`);
const ANY = ['*', 'file'] as const;
const TELEGRAM_POSTS = ['sendPhoto', 'sendMessage'] as const;
const DISCORD_POSTS = ['create_message', 'update_message', 'update_original_webhook_message'] as const;

const AWS_FAULTS: readonly TortureFault[] = [
  {
    name: 'Lambda takes no more calls',
    begin: ({ aws }) =>
      FUNCTIONS.map((method) =>
        aws.fail({ method, kind: 'refuse', code: 'TooManyRequestsException', status: 429, ...ALWAYS }),
      ),
  },
  {
    name: 'functions throw',
    begin: ({ aws }, oneIn) =>
      FUNCTIONS.map((method) => aws.fail({ method, where: oneIn(2), kind: 'function-error', ...ALWAYS })),
  },
  {
    name: 'answers of functions are lost',
    begin: ({ aws }, oneIn) =>
      FUNCTIONS.map((method) => aws.fail({ method, where: oneIn(2), ...LOST, ...ALWAYS })),
  },
  {
    name: 'AWS cannot be reached',
    begin: ({ aws }) => [...FUNCTIONS, '*'].map((method) => aws.fail({ method, ...DROP })),
  },
  {
    name: 'AWS stalls',
    begin: ({ aws }, oneIn) =>
      [...FUNCTIONS, '*'].map((method) => aws.fail({ method, where: oneIn(2), ...STALL })),
  },
  {
    name: 'S3 is to be asked more slowly',
    begin: ({ aws }, oneIn) =>
      OBJECTS.map((method) =>
        aws.fail({ method, where: oneIn(2), kind: 'refuse', code: 'SlowDown', status: 503, ...ALWAYS }),
      ),
  },
  {
    name: 'answers of S3 are lost',
    begin: ({ aws }, oneIn) =>
      OBJECTS.map((method) => aws.fail({ method, where: oneIn(2), ...LOST, ...ALWAYS })),
  },
  {
    name: 'S3 does not delete an object of many',
    begin: ({ aws }) => [
      aws.fail({ method: 'DeleteObjects', kind: 'refuse-object', code: 'InternalError', ...ALWAYS }),
    ],
  },
  {
    name: 'DynamoDB fails',
    begin: ({ aws }, oneIn) =>
      TABLE.map((method) =>
        aws.fail({
          ...{ method, where: oneIn(2), kind: 'refuse', code: 'InternalServerError', status: 500 },
          ...ALWAYS,
        }),
      ),
  },
];

// A platform that cannot be reached cannot be reached at all: a bot that asks it whether it can is not to be told a lie.
const PLATFORM_FAULTS: readonly TortureFault[] = [
  {
    name: 'Telegram cannot be reached',
    begin: ({ telegram }) => [...ANY, 'getUpdates'].map((method) => telegram.fail({ method, ...DROP })),
  },
  {
    name: 'Telegram stalls',
    begin: ({ telegram }) => [...ANY, 'getUpdates'].map((method) => telegram.fail({ method, ...STALL })),
  },
  {
    name: 'Telegram has a bad gateway',
    begin: ({ telegram }) =>
      [...ANY, 'getUpdates'].map((method) => telegram.fail({ method, ...BAD_GATEWAY })),
  },
  {
    name: 'Telegram is to be asked more slowly',
    begin: ({ telegram }, oneIn) => [
      telegram.fail({ method: '*', where: oneIn(2), kind: 'rate-limit', retryAfter: 1, ...ALWAYS }),
    ],
  },
  {
    // only one: what may have been shown twice is not posted once more
    name: 'answers of Telegram are lost',
    begin: ({ telegram }) => TELEGRAM_POSTS.map((method) => telegram.fail({ method, ...LOST })),
  },
  {
    name: 'pictures of Telegram break off',
    begin: ({ telegram }, oneIn) => [
      telegram.fail({ method: 'file', where: oneIn(2), kind: 'truncate', bytes: 100, ...ALWAYS }),
    ],
  },
  {
    name: 'Discord cannot be reached',
    begin: ({ discord }) => ANY.map((method) => discord.fail({ method, ...DROP })),
  },
  {
    name: 'Discord stalls',
    begin: ({ discord }) => ANY.map((method) => discord.fail({ method, ...STALL })),
  },
  {
    name: 'Discord has a bad gateway',
    begin: ({ discord }) => ANY.map((method) => discord.fail({ method, ...BAD_GATEWAY })),
  },
  {
    name: 'answers of Discord are lost',
    begin: ({ discord }, oneIn) =>
      DISCORD_POSTS.map((method) => discord.fail({ method, where: oneIn(4), ...LOST, ...ALWAYS })),
  },
  {
    name: 'pictures of Discord break off',
    begin: ({ discord }, oneIn) => [
      discord.fail({ method: 'file', where: oneIn(2), kind: 'truncate', bytes: 100, ...ALWAYS }),
    ],
  },
  {
    name: 'the gateway of Discord drops',
    begin({ discord }) {
      discord.gateway.dropAt('MESSAGE_CREATE');
      discord.gateway.dropAt('INTERACTION_CREATE');
      return [];
    },
  },
];

const WORDS_AND_MUSIC_FAULTS: readonly TortureFault[] = [
  {
    name: 'OpenAI fails',
    begin: ({ openai }) => [openai.fail({ kind: 'refuse', refusal: OpenaiRefusal.serverError(), ...ALWAYS })],
  },
  { name: 'OpenAI cannot be reached', begin: ({ openai }) => [openai.fail(DROP)] },
  { name: 'OpenAI stalls', begin: ({ openai }) => [openai.fail(STALL)] },
  {
    name: 'OpenAI says nothing',
    begin: ({ openai }) => [openai.fail({ kind: 'choice', choice: null, ...ALWAYS })],
  },
  {
    name: 'YouTube fails',
    begin: ({ youtube }) => [
      youtube.fail({ method: '*', kind: 'refuse', refusal: YoutubeRefusal.backendError(), ...ALWAYS }),
    ],
  },
  {
    name: 'YouTube cannot be reached',
    begin: ({ youtube }) => [youtube.fail({ method: '*', ...DROP })],
  },
  { name: 'YouTube stalls', begin: ({ youtube }) => [youtube.fail({ method: '*', ...STALL })] },
];

/** Every service fails in every way that it has. */
export const FAULTS: readonly TortureFault[] = inTurn([AWS_FAULTS, PLATFORM_FAULTS, WORDS_AND_MUSIC_FAULTS]);

/** One of each list after the other, as long as there are any. */
function inTurn<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, index) =>
    lists.flatMap((list) => list.slice(index, index + 1)),
  ).flat();
}
