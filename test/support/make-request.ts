import type { Call, Request } from '../../src/core/request.ts';

/** A request of somebody in a private chat. */
export function makeRequest(call: Call = { command: 'about' }, given: Partial<Request> = {}): Request {
  return {
    platform: 'telegram',
    asker: { id: '1001', locale: null },
    chat: { id: '1001', shared: false },
    address: { chatId: 1001 },
    call,
    answerBy: null,
    ...given,
  };
}

export const GROUP: Request['chat'] = { id: '-5', shared: true };

export function vibeOf(...images: readonly string[]): Call {
  return { command: 'vibe', images, why: null, asked: true };
}

export function pressOf(data: string): Call {
  return { command: 'press', data, messageId: '77' };
}
