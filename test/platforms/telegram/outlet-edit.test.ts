import { describe, expect, it } from 'vitest';
import type { Posted } from '../../../src/core/stored-result.ts';
import { failureOf } from '../../support/telegram-connection.ts';
import { openOutlet, photoCard, storedCard, textCard } from '../../support/telegram-outlet.ts';

/** As a press knows it, or a job that was taken up again. */
const unknown = ({ messageId }: Posted): Posted => ({ messageId, imageName: null, image: null });

describe('an edit', () => {
  it('changes a text, and takes the buttons away where there are none any more', async () => {
    const { fake, outlet, request, messages, signal } = await openOutlet();
    const button = { kind: 'share', label: 'Share', resultId: 'abc' } as const;
    const posted = await outlet.post(request, { ...textCard('one'), buttons: [[button]] }, signal);
    expect(await outlet.edit(request, posted, textCard('two'), signal)).toEqual(posted);
    expect(messages()).toMatchObject([{ text: 'Jazz\n\ntwo', keyboard: [], edits: 1 }]);
    expect(fake.calls.at(-1)?.params).toMatchObject({ link_preview_options: { is_disabled: true } });
    expect(fake.violations).toEqual([]);
  });

  it('sends no picture again that the message shows', async () => {
    const { fake, outlet, request, messages, red, signal } = await openOutlet();
    const posted = await outlet.post(request, photoCard(red, 'a.jpg', 'one'), signal);
    expect(await outlet.edit(request, posted, photoCard(red, 'a.jpg', 'two'), signal)).toEqual(posted);
    expect(fake.calls.at(-1)).toMatchObject({ method: 'editMessageCaption', files: [] });
    expect(messages()).toMatchObject([
      { text: 'Jazz\n\ntwo', photo: red, keyboard: [[{ text: 'Why?' }]], edits: 1 },
    ]);
    expect(fake.violations).toEqual([]);
  });

  it('puts another picture in its place, uploaded or known', async () => {
    const { fake, outlet, request, messages, red, blue, signal } = await openOutlet();
    const posted = await outlet.post(request, photoCard(red, 'a.jpg', 'one'), signal);
    const second = await outlet.edit(request, posted, photoCard(blue, 'b.jpg', 'R&B'), signal);
    expect(second).toMatchObject({ messageId: posted.messageId, imageName: 'b.jpg' });
    expect(second.image).toBe(messages()[0]?.raw.photo?.at(-1)?.file_id);
    expect(messages()).toMatchObject([{ text: 'Jazz\n\nR&B', photo: blue, keyboard: [[{ text: 'Why?' }]] }]);
    expect(fake.calls.at(-1)?.files).toHaveLength(1);
    const back = await outlet.edit(request, second, storedCard(`${posted.image}`, 'a.jpg', 'back'), signal);
    expect(back).toMatchObject({ messageId: posted.messageId, imageName: 'a.jpg' });
    expect(messages()).toMatchObject([{ text: 'Jazz\n\nback', photo: red, keyboard: [] }]);
    expect(fake.calls.at(-1)?.files).toEqual([]);
    expect(fake.violations).toEqual([]);
  });

  it('puts a picture into a text', async () => {
    const { fake, outlet, request, messages, red, signal } = await openOutlet();
    const posted = await outlet.post(request, textCard('One moment.'), signal);
    const edited = await outlet.edit(request, posted, photoCard(red, 'a.jpg', 'x'), signal);
    expect(edited).toMatchObject({
      messageId: posted.messageId,
      imageName: 'a.jpg',
      image: expect.any(String),
    });
    expect(messages()).toMatchObject([{ text: 'Jazz\n\nx', photo: red, edits: 1 }]);
    expect(fake.violations).toEqual([]);
  });

  it.each([
    ['as it knows', (posted: Posted) => posted],
    ['though it does not know that', unknown],
  ])(
    'writes under the picture of a message that has one, %s; the text is cut to a caption',
    async (_name, known) => {
      const { fake, outlet, request, messages, red, signal } = await openOutlet();
      const posted = known(await outlet.post(request, photoCard(red, 'a.jpg', 'one'), signal));
      expect(await outlet.edit(request, posted, textCard('word '.repeat(500)), signal)).toEqual(posted);
      expect(messages()).toMatchObject([{ photo: red, edits: 1, text: expect.stringMatching(/word…$/) }]);
      expect(messages()[0]?.text.length).toBeGreaterThan(1000);
      expect(fake.violations).toEqual([]);
    },
  );

  it('is done already where nothing would change', async () => {
    const { fake, outlet, request, messages, red, signal } = await openOutlet();
    const card = photoCard(red, 'a.jpg', 'x');
    const [photo, text] = [
      await outlet.post(request, card, signal),
      await outlet.post(request, textCard('y'), signal),
    ];
    expect(await outlet.edit(request, photo, card, signal)).toEqual(photo);
    expect(await outlet.edit(request, text, textCard('y'), signal)).toEqual(text);
    const stored = storedCard(`${photo.image}`, 'a.jpg', 'z');
    const first = await outlet.edit(request, unknown(photo), stored, signal);
    expect(await outlet.edit(request, unknown(first), stored, signal)).toEqual(unknown(photo));
    expect(messages().map(({ edits }) => edits)).toEqual([1, 0]);
    expect(fake.violations).toEqual([]);
  });

  it('is made once more when its answer was lost', async () => {
    const { fake, outlet, request, messages, red, blue, signal } = await openOutlet();
    const posted = await outlet.post(request, photoCard(red, 'a.jpg', 'one'), signal);
    fake.fail({ method: 'editMessageCaption', kind: 'drop-reply' });
    await outlet.edit(request, posted, photoCard(red, 'a.jpg', 'two'), signal);
    expect(messages()).toMatchObject([{ text: 'Jazz\n\ntwo', edits: 1 }]);
    fake.fail({ method: 'editMessageMedia', kind: 'drop' });
    await outlet.edit(request, posted, photoCard(blue, 'b.jpg', 'three'), signal);
    expect(messages()).toMatchObject([{ text: 'Jazz\n\nthree', photo: blue, edits: 2 }]);
    expect(fake.violations).toEqual([]);
  });

  it('is gone with its message', async () => {
    const { fake, outlet, request, call, id, red, signal } = await openOutlet();
    const posted = await outlet.post(request, textCard('x'), signal);
    await call('deleteMessage', { chat_id: id, message_id: 1 }, { signal, repeatable: true });
    for (const card of [textCard('y'), photoCard(red, 'a.jpg', 'y')]) {
      const failure = await failureOf(outlet.edit(request, posted, card, signal));
      expect(failure).toMatchObject({ failure: { kind: 'gone' } });
    }
    expect(fake.violations).toEqual([]);
  });
});
