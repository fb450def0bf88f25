import { describe, expect, it } from 'vitest';
import type { DiscordUser } from '../../support/discord/discord-types.ts';
import { cardOf, openDiscordOutlet } from '../../support/discord-outlet.ts';

const toast = (text: string) => ({ kind: 'toast', text }) as const;

/** An answer in a server, and somebody else who presses its button. */
async function open(bot = true) {
  const opened = await openDiscordOutlet();
  const { fake, outlet, ask, signal } = opened;
  const channel = fake.guild({ bot }).general;
  const asked = await ask({ channel });
  const { messageId } = await outlet.post(asked.request, cardOf('x'), signal);
  const by: DiscordUser = fake.user();
  const press = () => opened.press(messageId, by, { channel });
  const toasts = () => opened.cards(channel).filter(({ isEphemeral }) => isEphemeral);
  return { ...opened, by, press, toasts };
}

describe('what is said in passing', () => {
  it('is seen by nobody but who pressed, as it was written', async () => {
    const { fake, outlet, press, by, toasts, signal } = await open();
    const { interaction, request } = await press();
    await outlet.toast(request, toast('Noted: *R&B* <@1> @everyone'), signal);
    expect(toasts()).toMatchObject([
      {
        content: 'Noted: \\*R&B\\* \\<\\@1\\> \\@everyone',
        isComponentsV2: false,
        allowedMentions: { parse: [] },
        raw: { interaction_metadata: { id: interaction.id, user: { id: by.id } } },
      },
    ]);
    const [call] = fake.callsOf('execute_webhook');
    expect(call?.headers['authorization']).toBeUndefined();
    // the card that was pressed stays as it was
    expect(interaction.answer).toMatchObject({ text: '## Jazz\nx', edits: 1 });
    expect(fake.violations).toEqual([]);
  });

  it('is nothing where there is nothing to say, or nobody has pressed', async () => {
    const { fake, outlet, press, write, signal } = await open();
    const before = fake.calls.length;
    const { request } = await press();
    await outlet.toast(request, toast(''), signal);
    await outlet.toast(write().request, toast('words'), signal);
    expect(fake.calls.slice(before).map(({ method }) => method)).toEqual(['create_interaction_response']);
  });

  it.each([50_027, 10_015] as const)('is let be when the token is over (%i)', async (code) => {
    const { fake, outlet, press, toasts, signal } = await open();
    const { interaction, request } = await press();
    interaction.expire(code);
    await outlet.toast(request, toast('words'), signal);
    expect(fake.callsOf('execute_webhook')).toMatchObject([{ code }]);
    expect(toasts()).toEqual([]);
  });

  it('is let be when a guest has said all that guests may', async () => {
    const { fake, outlet, press, toasts, signal } = await open(false);
    const { request } = await press();
    for (const text of ['1', '2', '3', '4', '5', '6']) await outlet.toast(request, toast(text), signal);
    expect(fake.callsOf('execute_webhook').at(-1)).toMatchObject({ code: 40_094 });
    expect(toasts().map(({ content }) => content)).toEqual(['1', '2', '3', '4', '5']);
    expect(fake.violations).toEqual([]);
  });

  it('is never said twice, however often the press is worked on', async () => {
    const { fake, outlet, press, toasts, signal } = await open();
    const { request } = await press();
    fake.fail({ method: 'execute_webhook', kind: 'drop-reply' });
    await outlet.toast(request, toast('words'), signal);
    await outlet.toast(request, toast('words'), signal);
    expect(toasts()).toHaveLength(1);
    expect(fake.callsOf('execute_webhook')).toHaveLength(1);
    await outlet.toast(request, toast('other words'), signal);
    expect(toasts()).toHaveLength(2);
  });

  it('waits for the acknowledgement of its press', async () => {
    const { fake, outlet, press, acknowledgements, toasts, signal } = await open();
    const { interaction, request } = await press();
    const { promise: taken, resolve: take } = Promise.withResolvers<boolean>();
    acknowledgements.add(interaction.id, taken);
    const said = outlet.toast(request, toast('words'), signal);
    await outlet.ping(signal); // what does not wait goes on meanwhile
    expect(fake.callsOf('execute_webhook')).toEqual([]);
    take(true);
    await said;
    expect(toasts()).toHaveLength(1);
  });
});
