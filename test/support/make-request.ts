import type { Call, PressCall, Request, ShownPicture, VibeCall } from '../../src/core/request.ts';

/** A request of somebody in a private chat. */
export function makeRequest(call: Call = { command: 'about' }, given: Partial<Request> = {}): Request {
  return {
    platform: 'telegram',
    asker: { id: '1001', locale: null },
    chat: { id: '1001', shared: false, community: null },
    address: { chatId: 1001 },
    call,
    answerBy: null,
    ...given,
  };
}

export const GROUP: Request['chat'] = { id: '-5', shared: true, community: null };

/** Asks for the vibe of no picture, unless told. */
export function makeVibe(given: Partial<VibeCall> = {}): VibeCall {
  return { command: 'vibe', images: [], why: null, asked: true, spoiler: false, ...given };
}

export function vibeOf(...images: readonly string[]): VibeCall {
  return makeVibe({ images });
}

export function pressOf(data: string, pictures: readonly ShownPicture[] = []): PressCall {
  return { command: 'press', data, messageId: '77', pictures };
}
