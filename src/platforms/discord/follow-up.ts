import { Routes } from 'discord.js';
import { OutletError } from '../../core/outlet-error.ts';
import type { DiscordInteractionAddress } from './address.ts';
import type { SendCardDependencies } from './channel-message.ts';
import { type MessageBody, NO_MENTIONS } from './message-body.ts';

export interface SentFollowUp {
  readonly id: string;
  readonly flags?: number;
}

/** A further message to an interaction. Not repeatable: done twice, it is there twice. */
export async function followUp(
  { interactionId, applicationId, token }: DiscordInteractionAddress,
  { body, files }: MessageBody,
  limitMs: number,
  { call, acknowledgements }: SendCardDependencies,
  signal: AbortSignal,
): Promise<SentFollowUp> {
  await acknowledgements.taken(interactionId);
  const path = Routes.webhook(applicationId, token);
  const request = {
    method: 'POST',
    path,
    auth: false,
    body: { ...body, allowed_mentions: NO_MENTIONS },
    files,
  } as const;
  return call('follow up', request, { signal, repeatable: false, limitMs });
}

/** Nobody knows whether it is there. */
export function isUnsure(error: unknown): boolean {
  return error instanceof OutletError && error.failure.kind === 'unsure';
}
