import type { Encode } from '../../core/action.ts';
import type { Card, Finds } from '../../core/card.ts';
import type { Outlet } from '../../core/chat-ports.ts';
import type { Request } from '../../core/request.ts';
import { withoutAttachments } from '../without-attachments.ts';
import { parseAddress, parseInlineAddress, type TelegramAddress } from './address.ts';
import { ifRefused } from './if-refused.ts';
import { renderCard, renderFinds, type TelegramCard } from './render.ts';
import { editCard, postCard } from './send-card.ts';
import type { TelegramCaller } from './telegram-caller.ts';
import { NO_ATTACHMENTS, TelegramRefusal } from './telegram-failure.ts';

const QUICK_MS = 5000;

const UNKNOWN_PICTURE = ['file', 'photo', 'media'];
/** After a restart a press or a search may be too old, or answered already: then there is nobody to tell. */
const TOO_LATE = ['query is too old', 'query id is invalid'];

export interface TelegramOutletOptions {
  readonly call: TelegramCaller;
  readonly encode: Encode;
}

/** Answers in Telegram's chats. */
export function createTelegramOutlet({ call, encode }: TelegramOutletOptions): Outlet {
  return {
    async working(request, signal) {
      const { chatId, threadId } = parseAddress(request.address);
      const where = { chat_id: chatId, ...(threadId !== null && { message_thread_id: threadId }) };
      const options = { signal, repeatable: false, limitMs: QUICK_MS };
      await call('sendChatAction', { ...where, action: 'upload_photo' }, options).catch(() => {});
    },
    post: (request, card, signal) =>
      withChat(request, (address) =>
        showCard(card, encode, (rendered) => postCard(call, address, rendered, signal)),
      ),
    isRepeatable: async () => false,
    edit: (request, posted, card, signal) =>
      withChat(request, (address) =>
        showCard(card, encode, (rendered) => editCard(call, address, posted, rendered, signal)),
      ),
    async toast({ address }, { text }, signal) {
      const { callbackId } = parseAddress(address);
      const payload = { callback_query_id: callbackId, ...(text && { text }) };
      await ifRefused(
        () => call('answerCallbackQuery', payload, { signal, repeatable: true, limitMs: QUICK_MS }),
        TOO_LATE,
        async () => true,
      );
    },
    async publish(request, { card }, signal) {
      await withChat(request, (address) =>
        showCard(card, encode, (rendered) => postCard(call, { ...address, replyTo: null }, rendered, signal)),
      );
    },
    async offer({ address }, finds, signal) {
      const { inlineQueryId } = parseInlineAddress(address);
      const options = { signal, repeatable: true, limitMs: QUICK_MS };
      const answer = (offered: Finds) => {
        const payload = { inline_query_id: inlineQueryId, ...renderFinds(offered, encode) };
        return ifRefused(
          () => call('answerInlineQuery', payload, options),
          TOO_LATE,
          async () => true,
        );
      };
      const texts = finds.finds.map((find) => ({ ...find, card: withoutAttachments(find.card) }));
      // one picture that Telegram has no more makes it refuse them all
      await ifRefused(
        () => answer(finds),
        UNKNOWN_PICTURE,
        () => answer({ ...finds, finds: texts }),
      );
    },
    async abandon() {}, // its sign ends by itself
    async ping(signal) {
      await call('getMe', {}, { signal, repeatable: true, limitMs: QUICK_MS });
    },
    mayManage: (request, signal) => isAdmin(call, request, signal),
  };
}

async function isAdmin(
  call: TelegramCaller,
  { address, asker, chat }: Request,
  signal: AbortSignal,
): Promise<boolean> {
  if (asker.id === chat.id) return true; // an admin who hides writes in the group's name
  const { chatId } = parseAddress(address);
  const options = { signal, repeatable: true, limitMs: QUICK_MS };
  type Member = { readonly user: { readonly id: number } };
  const admins = await call<Member[]>('getChatAdministrators', { chat_id: chatId }, options);
  return admins.some(({ user }) => `${user.id}` === asker.id);
}

/** Songs go beneath a message of ours, all else beneath the asker's. */
function addressOf({ address, call }: Request): TelegramAddress {
  const parsed = parseAddress(address);
  return call.command === 'tracks' ? { ...parsed, replyTo: Number(call.replyTo) } : parsed;
}

/** Tries again where a group went that has become a supergroup meanwhile. */
async function withChat<T>(request: Request, act: (address: TelegramAddress) => Promise<T>): Promise<T> {
  const address = addressOf(request);
  try {
    return await act(address);
  } catch (error) {
    if (!(error instanceof TelegramRefusal) || error.migratedTo === null) throw error;
    return act({ ...address, chatId: error.migratedTo, threadId: null, replyTo: null });
  }
}

/** Shows a card without its picture or file where the bot may post none. */
function showCard<T>(card: Card, encode: Encode, act: (rendered: TelegramCard) => Promise<T>): Promise<T> {
  return ifRefused(
    () => act(renderCard(card, encode)),
    NO_ATTACHMENTS,
    () => act(renderCard(withoutAttachments(card), encode)),
  );
}
