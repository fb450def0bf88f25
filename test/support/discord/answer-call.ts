import type { ServerResponse } from 'node:http';
import { ApiRefusal, describe, httpRefusal } from './api-refusal.ts';
import type { DiscordCall } from './discord-call-log.ts';
import type { World } from './world.ts';

/** What becomes of a call: an answer, a refusal, or none because a fault has taken care of it. */
export interface Outcome {
  readonly body?: unknown;
  readonly refusal?: ApiRefusal;
  readonly isMet?: boolean;
}

/** Does what a call asks for; a refusal is one of its outcomes. */
export async function attempt(
  { log }: World,
  call: DiscordCall,
  act: () => Promise<Outcome>,
): Promise<Outcome> {
  try {
    return await act();
  } catch (error) {
    const refusal = error instanceof ApiRefusal ? error : internalError(error);
    const description = describe(refusal);
    call.description = description;
    call.code = refusal.code;
    if (refusal.violation) log.violations.push({ method: call.method, description, params: call.params });
    return { refusal };
  }
}

/** Sends the answer, unless there is nobody to send it to. */
export function answerCall(
  { log }: World,
  call: DiscordCall,
  response: ServerResponse,
  { body, refusal, isMet = false }: Outcome,
): void {
  if (isMet) log.finish(call, response.headersSent ? response.statusCode : 0);
  if (isMet || response.destroyed) return;
  if (!refusal) call.result = body;
  const status = refusal?.status ?? (body === undefined ? 204 : 200);
  log.finish(call, status);
  const headers = { ...limits(call), ...refusal?.headers };
  // a 204 must not say that it is JSON: clients would try to read it
  if (status === 204) response.writeHead(204, headers).end();
  else {
    response.writeHead(status, { ...headers, 'content-type': 'application/json' });
    response.end(JSON.stringify(refusal?.body ?? body));
  }
}

// Plenty is left: how often one may ask is told, but only a fault makes it scarce.
function limits({ method }: DiscordCall): Record<string, string> {
  return {
    'x-ratelimit-limit': '50',
    'x-ratelimit-remaining': '49',
    'x-ratelimit-reset': (Date.now() / 1000 + 1).toFixed(3),
    'x-ratelimit-reset-after': '1.000',
    'x-ratelimit-bucket': Buffer.from(method).toString('hex').slice(0, 32),
  };
}

// A mistake of this server: among the violations, so that no test overlooks it.
function internalError(error: unknown): ApiRefusal {
  const told = error instanceof Error ? error.stack : String(error);
  return httpRefusal(500, `Internal Server Error: ${told}`, true);
}
