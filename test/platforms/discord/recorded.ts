import { readdirSync, readFileSync } from 'node:fs';
import { interactionSchema, messageSchema } from '../../../src/platforms/discord/event-schema.ts';
import { intakeInteraction, intakeMessage } from '../../../src/platforms/discord/intake.ts';

export const BOT = '1100000000000000001';
export const ANN = '700000000000000001';
/** Manages the server. */
export const BOB = '700000000000000002';
export const GUILD = '710000000000000001';
export const NOW = Date.UTC(2030, 0, 1);
export const TOKEN_UNTIL = NOW + 14 * 60_000;

export interface RawAttachment {
  readonly id: string;
  readonly filename: string;
  readonly size: number;
  readonly url: string;
}

export interface RawMessage {
  readonly id: string;
  readonly channel_id: string;
  readonly attachments: readonly RawAttachment[];
  readonly referenced_message?: RawMessage | null;
  readonly message_snapshots?: readonly { readonly message: Pick<RawMessage, 'attachments'> }[];
}

export interface RawInteraction {
  readonly id: string;
  readonly type: number;
  readonly token: string;
  readonly channel_id: string;
  readonly data: {
    readonly target_id?: string;
    readonly resolved?: {
      readonly attachments?: Readonly<Record<string, RawAttachment>>;
      readonly messages?: Readonly<Record<string, RawMessage>>;
    };
  };
  readonly message?: RawMessage;
}

type Kind = 'interactions' | 'messages';
type Raw<K extends Kind> = K extends 'interactions' ? RawInteraction : RawMessage;

const folder = (kind: Kind) => new URL(`../../fixtures/discord/${kind}/`, import.meta.url);

/** An event as Discord's gateway tells it; the local Discord has made it. */
export function recorded<K extends Kind>(kind: K, name: string): Raw<K> {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder(kind)), 'utf8')) as Raw<K>;
}

export function namesOf(kind: Kind): readonly string[] {
  return readdirSync(folder(kind)).map((file) => file.replace('.json', ''));
}

/** What the bot makes of an interaction as it came off the wire. */
export function takeInteraction(raw: unknown) {
  return intakeInteraction(interactionSchema.parse(raw), NOW);
}

export function takeMessage(raw: unknown) {
  return intakeMessage(messageSchema.parse(raw), BOT);
}

export type Source = { readonly channelId: string; readonly messageId: string } | null;

/** The references to these files. */
function imagesOf(attachments: readonly RawAttachment[], source: Source) {
  return attachments.map(({ id, url, size }) => ({ url, size, attachmentId: id, source }));
}

/** The vibe of these files, of Ann's, asked for without a genre and uncovered unless told. */
export function vibeOf(attachments: readonly RawAttachment[], source: Source, given: object = {}) {
  const images = imagesOf(attachments, source);
  return { command: 'vibe', images, sender: ANN, why: null, asked: true, spoiler: false, ...given };
}

export const refusal = (code: string) => ({ command: 'refuse', code, values: {} });
export const help = (asked: boolean) => ({ command: 'help', asked });
