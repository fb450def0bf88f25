import { describe, expect, it } from 'vitest';
import { callOf, people, recorded } from '../../support/telegram-people.ts';

const BYTES = Buffer.from('any bytes');

describe('whose picture it is', () => {
  it('is who sent it, not who asks about it', () => {
    const chat = people();
    const [ann, ben] = [chat.user(), chat.user()];
    const group = chat.group();
    const senderOf = (update: Parameters<typeof callOf>[0]) => callOf(update) as { readonly sender?: string };
    expect(senderOf(chat.sendPhoto(BYTES, { from: ann })).sender).toBe(`${ann.id}`);
    const { message: photo } = chat.sendPhoto(BYTES, { from: ben, chat: group });
    const asked = chat.sendText('/vibe', { from: ann, chat: group, replyTo: photo });
    expect(senderOf(asked).sender).toBe(`${ben.id}`);
  });

  it('is nobody’s where a program sent it, or it is quoted from elsewhere', () => {
    const chat = people();
    const [ann, robot] = [chat.user(), chat.user({ isBot: true })];
    const group = chat.group();
    const { message: photo } = chat.sendPhoto(BYTES, { from: robot, chat: group });
    const asked = chat.sendText('/vibe', { from: ann, chat: group, replyTo: photo });
    expect(callOf(asked)).toMatchObject({ command: 'vibe' });
    expect(callOf(asked)).not.toHaveProperty('sender');
    const quoted = callOf(recorded('external-reply'));
    expect(quoted).toMatchObject({ command: 'vibe' });
    expect(quoted).not.toHaveProperty('sender');
  });
});
