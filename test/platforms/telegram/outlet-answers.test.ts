import { describe, expect, it } from 'vitest';
import { addressIn, failureOf, requestFor } from '../../support/telegram-connection.ts';
import { openOutlet, storedCard, textCard } from '../../support/telegram-outlet.ts';

const toast = (text: string) => ({ kind: 'toast', text }) as const;
const NO_FINDS = { kind: 'finds', language: 'en', finds: [], hint: 'Send me a photo' } as const;

async function open() {
  const opened = await openOutlet();
  const { fake, outlet, request, id, person, signal } = opened;
  const posted = await outlet.post(request, textCard('x'), signal);
  const press = () => {
    const { callback_query } = fake.press(fake.message(id, Number(posted.messageId)), 'any', person, {
      forged: true,
    });
    return requestFor(addressIn(id, { callbackId: callback_query.id }));
  };
  const search = () => requestFor({ inlineQueryId: fake.inlineQuery(person, '').inline_query.id });
  return { ...opened, press, search };
}

describe('the answer to a press', () => {
  it('shows a text in passing, or only ends the waiting sign', async () => {
    const { fake, outlet, press, signal } = await open();
    await outlet.toast(press(), toast('Noted <3'), signal);
    await outlet.toast(press(), toast(''), signal);
    const [first, second] = fake.callsOf('answerCallbackQuery').map(({ params }) => params);
    expect(first).toMatchObject({ text: 'Noted <3' });
    expect(second).not.toHaveProperty('text');
    expect(fake.violations).toEqual([]);
  });

  it('is no failure when it comes too late, or had come when its own answer was lost', async () => {
    const { fake, outlet, press, signal } = await open();
    const late = press();
    fake.expireQueries();
    await outlet.toast(late, toast('x'), signal);
    fake.fail({ method: 'answerCallbackQuery', kind: 'drop-reply' });
    await outlet.toast(press(), toast('x'), signal);
    expect(fake.callsOf('answerCallbackQuery').map(({ status }) => status)).toEqual([400, 0, 400]);
    expect(fake.violations).toEqual([]);
  });

  it('is a failure when Telegram cannot be reached', async () => {
    const { fake, outlet, press, signal } = await open();
    const request = press();
    await fake.close();
    expect(await failureOf(outlet.toast(request, toast('x'), signal))).toMatchObject({
      failure: { kind: 'later' },
    });
  });
});

it('answers a search once, and is not put off by one that is too old', async () => {
  const { fake, outlet, search, signal } = await open();
  const request = search();
  await outlet.offer(request, NO_FINDS, signal);
  await outlet.offer(request, NO_FINDS, signal);
  expect(fake.callsOf('answerInlineQuery').map(({ status }) => status)).toEqual([200, 400]);
  expect(fake.violations).toEqual([]);
});

it('asks whether Telegram is there', async () => {
  const { fake, outlet, signal } = await open();
  await outlet.ping(signal);
  expect(fake.callsOf('getMe')).toHaveLength(1);
  await fake.close();
  expect(await failureOf(outlet.ping(signal))).toMatchObject({ failure: { kind: 'later' } });
});

describe('who may change what holds for a group', () => {
  it('are its owner, its admins, and those of them who hide', async () => {
    const { fake, outlet, signal } = await open();
    const [owner, admin, other] = [fake.user(), fake.user(), fake.user()];
    const group = fake.group({ admins: [owner, admin] });
    const may = (id: number) =>
      outlet.mayManage(
        requestFor(addressIn(group.id), {
          asker: { id: `${id}`, locale: null },
          chat: { id: `${group.id}`, shared: true, community: null },
        }),
        signal,
      );
    expect(await Promise.all([owner.id, admin.id, other.id, group.id].map(may))).toEqual([
      true,
      true,
      false,
      true,
    ]);
    expect(fake.violations).toEqual([]);
  });

  it('is everyone in their own chat with the bot', async () => {
    const { outlet, id, signal } = await open();
    const chat = { id: `${id}`, shared: false, community: null };
    const own = { asker: { id: `${id}`, locale: null }, chat };
    expect(await outlet.mayManage(requestFor(addressIn(id), own), signal)).toBe(true);
  });
});

it('offers without their pictures what has one that Telegram knows no more', async () => {
  const { fake, outlet, search, signal } = await open();
  const card = storedCard('gone', 'jazz.jpg', 'words');
  await outlet.offer(search(), { ...NO_FINDS, finds: [{ id: 'a', description: 'd', card }] }, signal);
  const offered = fake.callsOf('answerInlineQuery').map(({ status, params }) => [status, params['results']]);
  expect(offered).toEqual([
    [400, [expect.objectContaining({ type: 'photo', photo_file_id: 'gone' })]],
    [200, [expect.objectContaining({ type: 'article', id: 'a' })]],
  ]);
});
