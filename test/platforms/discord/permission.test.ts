import { describe, expect, it } from 'vitest';
import { interactionSchema } from '../../../src/platforms/discord/event-schema.ts';
import { postsWhere } from '../../../src/platforms/discord/permission.ts';
import { ANN, GUILD, recorded, takeInteraction } from './recorded.ts';

const ADMINISTRATOR = 1n << 3n;
const VIEW = 1n << 10n;
const SEND = 1n << 11n;
const SEND_IN_THREADS = 1n << 38n;
const ALL_BUT = (one: bigint) => ((1n << 51n) - 1n) & ~(one | ADMINISTRATOR);

const raw = recorded('interactions', 'vibe-in-guild');
const posts = (given: object) => postsWhere(interactionSchema.parse({ ...raw, ...given }));
const inChannel = (type: number, permissions: bigint) =>
  posts({ channel: { id: '1', type }, app_permissions: `${permissions}` });

describe('where the bot may post by itself', () => {
  // https://docs.discord.com/developers/resources/channel#channel-object-channel-types
  it.each([0, 2, 5, 13])('in a channel of type %d it sees the channel and sends messages', (type) => {
    expect(inChannel(type, VIEW | SEND)).toBe('by itself');
    expect(inChannel(type, ALL_BUT(SEND_IN_THREADS))).toBe('by itself');
    expect(inChannel(type, ALL_BUT(SEND))).toBe('not at all');
    expect(inChannel(type, ALL_BUT(VIEW))).toBe('not at all');
  });

  it.each([10, 11, 12])('in a thread of type %d it sends messages in threads', (type) => {
    expect(inChannel(type, VIEW | SEND_IN_THREADS)).toBe('by itself');
    expect(inChannel(type, ALL_BUT(SEND))).toBe('by itself');
    expect(inChannel(type, ALL_BUT(SEND_IN_THREADS))).toBe('not at all');
    expect(inChannel(type, ALL_BUT(VIEW))).toBe('not at all');
  });

  it('an administrator may do everything', () => {
    for (const type of [0, 11]) expect(inChannel(type, ADMINISTRATOR)).toBe('by itself');
  });

  it('takes a channel that Discord does not tell for no thread', () => {
    expect(posts({ channel: undefined, app_permissions: `${VIEW | SEND}` })).toBe('by itself');
  });

  it('reads rights that no number of JavaScript holds', () => {
    expect(inChannel(0, (1n << 62n) | VIEW | SEND)).toBe('by itself');
    expect(inChannel(0, (1n << 62n) | VIEW)).toBe('not at all');
  });

  it('is the chat with it, whatever Discord says of rights there', () => {
    expect(posts({ context: 1, guild_id: undefined, app_permissions: '0' })).toBe('by itself');
  });

  it('is no place where it is only somebody’s own app', () => {
    const owners = { authorizing_integration_owners: { 1: ANN } };
    expect(posts(owners)).toBe('by token');
    expect(posts({ ...owners, context: 2, guild_id: undefined })).toBe('by token');
    expect(posts({ ...owners, context: undefined, guild_id: undefined })).toBe('by token');
    // whatever it is installed to, the chats of others are closed to it
    const both = { authorizing_integration_owners: { 0: '0', 1: ANN } };
    expect(posts({ ...both, context: 2, guild_id: undefined })).toBe('by token');
    expect(posts({ authorizing_integration_owners: { 0: GUILD, 1: ANN } })).toBe('by itself');
  });
});

describe('who manages a server', () => {
  const manages = (permissions: bigint) => {
    const member = { user: { id: ANN }, permissions: `${permissions}` };
    return takeInteraction({ ...raw, member })?.incoming.request.address;
  };

  it.each([
    [ADMINISTRATOR, true],
    [1n << 5n, true],
    [ALL_BUT(1n << 5n), false],
    [0n, false],
  ])('rights %d: %s', (permissions, managesCommunity) => {
    expect(manages(permissions)).toMatchObject({ managesCommunity });
  });

  it('is nobody where there is no server', () => {
    const direct = recorded('interactions', 'vibe-in-group-dm');
    expect(takeInteraction(direct)?.incoming.request.address).toMatchObject({ managesCommunity: false });
  });
});
