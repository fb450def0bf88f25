import { z } from 'zod';
import type { Incoming } from '../../core/reception.ts';
import { TokenRefusedError } from '../token-refused-error.ts';
import { GatewayClosedError, isFinal } from './close-error.ts';
import { IntentsRefusedError } from './intents-refused-error.ts';

/** What the core reads before it writes it down; the address and the call's own fields are looked at where they are used. */
const incoming = z.object({
  request: z.object({
    platform: z.literal('discord'),
    asker: z.object({ id: z.string(), locale: z.string().nullable() }),
    chat: z.object({ id: z.string(), shared: z.boolean(), community: z.string().nullable() }),
    address: z.record(z.string(), z.unknown()),
    call: z.looseObject({ command: z.string() }),
    answerBy: z.number().nullable(),
  }),
  key: z.string(),
  groupKey: z.string().nullable(),
  uncounted: z.literal(true).optional(),
});

const fatal = z.object({
  kind: z.literal('fatal'),
  reason: z.enum(['token', 'intents', 'closed']),
  detail: z.string(),
  /** The gateway's, of those that are closed. */
  code: z.number().optional(),
});

/** What a shard tells the process that has started it; one of another version may say more. */
export const shardMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('connected'), username: z.string() }),
  z.object({
    kind: z.literal('arrival'),
    incoming: z.custom<Incoming>((value) => incoming.safeParse(value).success),
    /** null: of a message, which nobody acknowledges. */
    interactionId: z.string().nullable(),
  }),
  z.object({ kind: z.literal('acknowledged'), interactionId: z.string(), taken: z.boolean() }),
  z.object({
    kind: z.literal('health'),
    ok: z.boolean(),
    detail: z.string(),
    heartbeatAgeMs: z.number().optional(),
  }),
  fatal,
]);

export type ShardMessage = z.infer<typeof shardMessage>;
export type FatalMessage = z.infer<typeof fatal>;

/** What a shard is told. */
export const managerMessage = z.object({ kind: z.literal('stop') });
export const STOP: z.infer<typeof managerMessage> = { kind: 'stop' };

/** How a shard says that nothing can connect any more; null for a bug. */
export function fatalMessage(error: unknown): FatalMessage | null {
  if (!isFinal(error)) return null;
  const reason =
    error instanceof TokenRefusedError
      ? 'token'
      : error instanceof IntentsRefusedError
        ? 'intents'
        : 'closed';
  const code = error instanceof GatewayClosedError ? { code: error.code } : {};
  return { kind: 'fatal', reason, detail: (error as Error).message, ...code };
}

/** The same as an error again. */
export function fatalError({ reason, detail, code }: FatalMessage): Error {
  switch (reason) {
    case 'token':
      return new TokenRefusedError('Discord', 'a shard');
    case 'intents':
      return new IntentsRefusedError();
    case 'closed':
      return code === undefined ? new Error(detail) : new GatewayClosedError(code);
  }
}
