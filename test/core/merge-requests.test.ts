import { expect, it } from 'vitest';
import { mergeRequests } from '../../src/core/merge-requests.ts';
import type { VibeCall } from '../../src/core/request.ts';
import { GROUP, makeRequest, makeVibe } from '../support/make-request.ts';

const picture = (image: string, given: Partial<VibeCall> = {}, asker = '1') =>
  makeRequest(makeVibe({ images: [image], ...given }), {
    asker: { id: asker, locale: null },
    address: { message: image },
  });

it('leaves a single request as it is', () => {
  const one = makeRequest({ command: 'about' });
  expect(mergeRequests([one])).toBe(one);
  expect(mergeRequests([picture('a')])).toEqual(picture('a'));
});

it('makes one of an album, its pictures in the order in which they came', () => {
  const merged = mergeRequests([picture('a'), picture('b'), picture('c')]);
  expect(merged?.call).toEqual(makeVibe({ images: ['a', 'b', 'c'] }));
});

it('answers where the first picture that asks is, and whoever sent it', () => {
  const merged = mergeRequests([picture('a', { asked: false }), picture('b', {}, '2'), picture('c')]);
  expect(merged).toMatchObject({ address: { message: 'b' }, asker: { id: '2' } });
  expect(merged?.call).toMatchObject({ images: ['a', 'b', 'c'], asked: true });
});

it('takes the genre to explain from whichever picture has it', () => {
  const merged = mergeRequests([picture('a'), picture('b', { why: 'rock' })]);
  expect(merged?.call).toMatchObject({ why: 'rock' });
});

it('is covered as soon as one of its pictures is', () => {
  const merged = mergeRequests([picture('a'), picture('b', { spoiler: true }), picture('c')]);
  expect(merged?.call).toMatchObject({ images: ['a', 'b', 'c'], spoiler: true });
  const unasked = picture('b', { asked: false, spoiler: true });
  expect(mergeRequests([picture('a'), unasked])?.call).toMatchObject({ asked: true, spoiler: true });
  expect(mergeRequests([picture('a'), picture('b')])?.call).toMatchObject({ spoiler: false });
});

it('is nothing when no picture of a group asks, or there is none', () => {
  const unasked = ['a', 'b'].map((image) => ({ ...picture(image, { asked: false }), chat: GROUP }));
  expect(mergeRequests(unasked)).toBeNull();
  expect(mergeRequests([])).toBeNull();
});

it('says in a private chat that there is no picture, when all of an album are videos', () => {
  const video = picture('a', { images: [], asked: false });
  expect(mergeRequests([video, video])?.call).toMatchObject({ command: 'refuse', code: 'not-an-image' });
});

it('takes no more than ten pictures', () => {
  const merged = mergeRequests(Array.from({ length: 14 }, (_, index) => picture(`${index}`)));
  expect(merged?.call).toMatchObject({ images: Array.from({ length: 10 }, (_, index) => `${index}`) });
});
