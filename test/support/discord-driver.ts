import { encodeAction } from '../../src/core/action.ts';
import { LANGUAGES } from '../../src/languages/languages.ts';
import { createDiscordCaller } from '../../src/platforms/discord/discord-caller.ts';
import { GatewayFront, type GatewayFrontOptions } from '../../src/platforms/discord/front.ts';
import { DiscordPlatform } from '../../src/platforms/discord/platform.ts';
import { sleep } from '../../src/services/sleep.ts';
import type { DiscordCall } from './discord/discord-call-log.ts';
import type { DiscordMessage } from './discord/discord-types.ts';
import { type FakeDiscord, startFakeDiscord } from './discord/fake-discord.ts';
import type { Interaction } from './discord/interact.ts';
import { type SeenMessage, see } from './discord/message-store.ts';
import { mac } from './platform-core.ts';
import type { PersonDriver, PlatformDriver, SeenCall } from './platform-driver.ts';
import { recordLog, recordTelemetry } from './record-telemetry.ts';

/** How people ask: by a message to the bot or one that names it, or by /vibe. */
export type AskBy = 'message' | 'command';

/** Discord for the suite that every platform passes. */
export async function openDiscordDriver(askBy: AskBy): Promise<PlatformDriver> {
  const fake = await startFakeDiscord();
  return {
    name: 'discord',
    adapter: () => discordPlatform(fake),
    person: () => personOf(fake, askBy),
    calls: () => seenCalls(fake.calls),
    until: (holds) => fake.waitUntil(holds),
    failNextPost(how, what = 'an answer') {
      const fault =
        how === 'later' ? ({ kind: 'rate-limit', retryAfter: 1 } as const) : { kind: 'drop-reply' as const };
      const method = what === 'songs' ? SONG_POSTS[askBy] : POSTS[askBy];
      fake.fail({ method, where: (call) => (what === 'songs') === hasSongs(call), ...fault });
    },
    holdPictures() {
      const after = fake.calls.length;
      const release = fake.hold('file');
      return { asked: fake.waitForCall('file', { after, unanswered: true }), release };
    },
    violations: () => fake.violations,
    close: () => fake.close(),
  };
}

const POSTS = { message: 'create_message', command: 'update_original_webhook_message' } as const;
const SONG_POSTS = { message: 'create_message', command: 'execute_webhook' } as const;

/** Cards are of another kind, and what is said in passing has nothing to press. */
function hasSongs({ params: { content, components } }: DiscordCall): boolean {
  return typeof content === 'string' && Array.isArray(components) && components.length > 0;
}

/** The adapter as the program makes it, but for what is given. */
export function discordPlatform(
  fake: FakeDiscord,
  given: Partial<Omit<GatewayFrontOptions, 'call'>> = {},
): DiscordPlatform {
  const { telemetry } = recordTelemetry();
  const { log } = recordLog();
  const common = { telemetry, log, sleep, calendar: () => Date.now(), ...given };
  const { token, apiUrl } = fake;
  const call = createDiscordCaller({ token, apiUrl, ...common });
  return new DiscordPlatform({
    ...common,
    call,
    front: new GatewayFront({ token, apiUrl, call, shards: 'auto', ...common }),
    cdnHosts: [fake.cdnHost],
    encode: (action) => encodeAction(action, mac),
  });
}

function personOf(fake: FakeDiscord, askBy: AskBy): PersonDriver {
  const by = fake.user();
  const dm = fake.dm(by);
  const { general } = fake.guild();
  const messages = (where: 'alone' | 'among others' = 'alone') =>
    fake
      .messagesIn(where === 'alone' ? dm : general)
      .filter(({ fromBot, isLoading, deleted }) => fromBot && !isLoading && !deleted);
  const press = (id: string, label: string) => {
    const isOption = fake
      .message(id)
      .selects.some(({ options = [] }) => options.some((one) => one.label === label));
    if (isOption) fake.choose({ id }, [label], by);
    else fake.press({ id }, label, by);
  };
  return {
    id: by.id,
    sendPhoto(bytes, where = 'alone') {
      const channel = where === 'alone' ? dm : general;
      if (askBy === 'command') return fake.slash('vibe', { image: { bytes } }, { by, channel });
      return fake.sendFiles([{ bytes }], { from: by, channel }, where === 'alone' ? '' : `<@${fake.bot.id}>`);
    },
    press,
    ask: (id, _, option) => press(id, option),
    forge: (id, data) => void fake.press({ id }, data, by, { forged: true }),
    repeat(sent) {
      if (askBy === 'command') fake.dispatch('INTERACTION_CREATE', (sent as Interaction).raw);
      else fake.dispatch('MESSAGE_CREATE', sent as DiscordMessage);
    },
    hearBot(bytes, which) {
      const from = which === 'itself' ? fake.bot : fake.user({ bot: true });
      fake.sendFiles([{ bytes }], { from, channel: dm }, `<@${fake.bot.id}>`);
    },
    files: (where) => messages(where).flatMap(({ documents }) => documents),
    shown: (where) => messages(where).length,
  };
}

const SHOWS: ReadonlySet<string> = new Set([
  'create_message',
  'update_message',
  'execute_webhook',
  'update_webhook_message',
  'update_original_webhook_message',
]);

function seenCalls(calls: readonly DiscordCall[]): SeenCall[] {
  const known = new Set<string>();
  return calls.flatMap((call): SeenCall[] => {
    const { method, status, result } = call;
    if (status !== 200) return [];
    const raw = result as DiscordMessage;
    if (method === 'execute_webhook' && !hasSongs(call)) {
      return [{ kind: 'toast', messageId: null, ...readCard(raw) }];
    }
    if (!SHOWS.has(method)) return [];
    const kind = known.has(raw.id) ? 'edit' : 'post';
    known.add(raw.id);
    return [{ kind, messageId: raw.id, ...readCard(raw) }];
  });
}

function readCard(raw: DiscordMessage): Omit<SeenCall, 'kind' | 'messageId'> {
  const stored = { raw, files: [], ephemeralFor: undefined, fromBot: true, interactionId: undefined };
  const seen = see({ ...stored, deleted: false, edits: 0, allowedMentions: undefined }, raw);
  return {
    text: seen.text.replace(/\\([!-/:-@[-`{-~])/g, '$1'),
    picture: seen.pictures.length > 0,
    replyTo: seen.replyTo ?? null,
    previews: seen.previews,
    buttons: labelsOf(seen),
  };
}

/** A list is always open; it counts as a menu's name where nothing leads back from it. */
function labelsOf({ buttons, selects }: SeenMessage): string[] {
  const labels = buttons.filter(({ url }) => !url).map(({ label }) => label ?? '');
  const isOpen = labels.includes(LANGUAGES.en.chat.buttons.back);
  const inMenus = selects.flatMap(({ options = [], placeholder }) =>
    isOpen ? options.map(({ label }) => label) : [placeholder ?? ''],
  );
  return [...inMenus, ...labels];
}
