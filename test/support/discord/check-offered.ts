import type { StoredCommand } from './command-store.ts';
import { type Acting, contextOf, ownersOf } from './interact.ts';
import { Permission } from './permission.ts';
import type { Channel } from './place-store.ts';
import type { World } from './world.ts';

/** Throws where Discord's client would not offer a command: in such a place, as such an app, or to such a member. */
export function checkOffered(
  world: World,
  { name, guildId, given }: StoredCommand,
  channel: Channel,
  acting: Acting,
): void {
  const { contexts, integration_types: types } = given;
  const isEverywhere = guildId === undefined;
  const context = contextOf(channel);
  if (isEverywhere && Array.isArray(contexts) && !contexts.includes(context)) {
    throw new Error(`"${name}" is not offered in context ${context}, but in ${contexts.join(', ')}`);
  }
  const owners = Object.keys(ownersOf(channel, acting)).map(Number);
  if (isEverywhere && Array.isArray(types) && !owners.some((owner) => types.includes(owner))) {
    throw new Error(`"${name}" is not offered to installations of type ${owners.join(', ')}`);
  }
  const needed = given['default_member_permissions'];
  if (channel.guild && typeof needed === 'string') {
    const { permissions } = world.places.addMember(channel.guild, acting.by);
    if (!isAllowed(permissions, BigInt(needed))) {
      throw new Error(`"${name}" is not offered to who may not do ${needed}`);
    }
  }
}

// 0 stands for administrators alone.
function isAllowed(permissions: bigint, needed: bigint): boolean {
  if ((permissions & Permission.administrator) !== 0n) return true;
  return needed !== 0n && (permissions & needed) === needed;
}
