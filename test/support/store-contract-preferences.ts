import { expect, it } from 'vitest';
import type { Start } from './store-contract-start.ts';
import { NOW } from './stored-result.ts';

export function preferences(start: Start): void {
  it('remembers the last language of each key', async () => {
    const { store } = await start();
    expect(await store.language('telegram:user:1')).toBeNull();
    await store.setLanguage('telegram:user:1', 'ar');
    await store.setLanguage('telegram:chat:1', 'ar');
    await store.setLanguage('telegram:user:1', 'en');
    expect(await store.language('telegram:user:1')).toBe('en');
    expect(await store.language('telegram:chat:1')).toBe('ar');
    expect(await store.language('discord:user:1')).toBeNull();
  });

  it('remembers the last choice of each key: yes, no, and that nothing was said yet', async () => {
    const { store } = await start();
    const asked = { keep: null, version: '2030-01', at: NOW, resultId: 'a' };
    const yes = { keep: true, version: '2030-01', at: NOW + 1, resultId: 'a' };
    const no = { keep: false, version: '2030-02', at: NOW + 2.5, resultId: null };
    expect(await store.choice('telegram:user:1')).toBeNull();
    await store.setChoice('telegram:user:1', asked);
    expect(await store.choice('telegram:user:1')).toEqual(asked);
    await store.setChoice('telegram:user:1', yes);
    await store.setChoice('discord:user:1', no);
    expect(await store.choice('telegram:user:1')).toEqual(yes);
    expect(await store.choice('discord:user:1')).toEqual(no);
    expect(await store.language('telegram:user:1')).toBeNull();
  });

  it('lets a question take the place of nothing: neither of what was said nor of another question', async () => {
    const { store } = await start();
    const question = (resultId: string) => ({ keep: null, version: '2030-01', at: NOW, resultId });
    expect(await store.setChoice('telegram:user:1', question('a'))).toBe(true);
    expect(await store.setChoice('telegram:user:1', question('b'))).toBe(false);
    expect(await store.choice('telegram:user:1')).toEqual(question('a'));
    const no = { keep: false, version: '2030-01', at: NOW + 1, resultId: null };
    expect(await store.setChoice('telegram:user:1', no)).toBe(true);
    expect(await store.setChoice('telegram:user:1', question('a'))).toBe(false);
    expect(await store.choice('telegram:user:1')).toEqual(no);
    expect(await store.setChoice('telegram:user:1', { ...no, keep: true })).toBe(true);
    expect(await store.choice('telegram:user:1')).toMatchObject({ keep: true });
  });
}
