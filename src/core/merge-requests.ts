import { type Request, refuse, type VibeCall } from './request.ts';

/** As many as an album has on the platforms that have albums. */
const MAX_PICTURES = 10;

/** The pictures of an album as one request; null when nothing of it asks for the vibe, or for a word why there is none. */
export function mergeRequests(requests: readonly Request[]): Request | null {
  const [first] = requests;
  if (!first) return null;
  if (first.call.command !== 'vibe') return first;
  const calls = requests.map(({ call }) => call).filter((call): call is VibeCall => call.command === 'vibe');
  const lead = requests.find(({ call }) => call.command === 'vibe' && call.asked);
  if (!lead) {
    // in a private chat every picture asks: these were videos
    return first.chat.shared ? null : { ...first, call: refuse('not-an-image', {}) };
  }
  const images = calls.flatMap((call) => call.images).slice(0, MAX_PICTURES);
  const why = calls.find((call) => call.why)?.why ?? null;
  const spoiler = calls.some((call) => call.spoiler);
  return { ...lead, call: { ...(lead.call as VibeCall), images, why, spoiler } };
}
