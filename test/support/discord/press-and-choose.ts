import { type Component, ComponentType, type Json } from './discord-types.ts';
import { type Acting, type Interaction, InteractionType, interact } from './interact.ts';
import type { StoredMessage } from './message-store.ts';
import { walk } from './walk-components.ts';
import type { World } from './world.ts';

/** A message with buttons: as seen, or by its id. */
export interface Pressable {
  readonly id: string;
}

export type PressOptions = Omit<Acting, 'by'> & {
  /** Sends any custom id at all, as a client of one's own can. */
  readonly forged?: boolean;
};

type Pressing = Acting & Pick<PressOptions, 'forged'>;

/** Presses a button, found by its label or its custom id. */
export function pressButton(
  world: World,
  target: Pressable,
  button: string,
  pressing: Pressing,
): Interaction {
  const stored = lookUp(world, target, pressing);
  const all = componentsOf(stored, ComponentType.button);
  const custom_id = pressing.forged ? button : find(all, button, 'button').custom_id;
  return send(
    world,
    stored,
    { component_type: ComponentType.button, custom_id, id: idOf(all, custom_id) },
    pressing,
  );
}

/** Chooses from a list, found by its placeholder or custom id; the values by their labels or themselves. */
export function chooseOptions(
  world: World,
  target: Pressable,
  { select, values }: { readonly select: string | undefined; readonly values: readonly string[] },
  pressing: Pressing,
): Interaction {
  const stored = lookUp(world, target, pressing);
  const all = componentsOf(stored, ComponentType.stringSelect);
  const [first] = all;
  const found = select === undefined && first && !pressing.forged ? first : undefined;
  const list = found ?? (pressing.forged ? undefined : find(all, select ?? '', 'select'));
  const custom_id = list?.custom_id ?? select;
  const chosen = list ? values.map((value) => optionValue(list, value)) : values;
  const data = {
    component_type: ComponentType.stringSelect,
    custom_id,
    id: idOf(all, custom_id),
    values: chosen,
  };
  return send(world, stored, data, pressing);
}

function lookUp(world: World, { id }: Pressable, { by }: Pressing): StoredMessage {
  const stored = world.messages.get(id);
  if (!stored) throw new Error(`there is no message ${id} to press a button of`);
  if (stored.deleted) throw new Error(`message ${id} is gone: nobody can press its buttons`);
  const { ephemeralFor } = stored;
  if (ephemeralFor !== undefined && ephemeralFor !== by.id)
    throw new Error(`${by.username} does not see message ${id}`);
  return stored;
}

function componentsOf({ raw }: StoredMessage, type: number): Component[] {
  return [...walk(raw.components)]
    .map(({ component }) => component)
    .filter((component) => component.type === type);
}

function find(all: readonly Component[], wanted: string, kind: string): Component {
  const named = ({ label, placeholder, emoji }: Component) =>
    [label, placeholder, emoji?.['name']].includes(wanted);
  const found = all.find(named) ?? all.find(({ custom_id }) => custom_id === wanted);
  if (!found?.custom_id) {
    const there = all.map(
      ({ label, placeholder, custom_id }) => `"${label ?? placeholder ?? ''}" (${custom_id ?? 'a link'})`,
    );
    throw new Error(`no ${kind} "${wanted}" to press; there are: ${there.join(', ') || 'none'}`);
  }
  if (found.disabled) throw new Error(`the ${kind} "${wanted}" is disabled`);
  return found;
}

function optionValue({ options = [] }: Component, wanted: string): string {
  const found =
    options.find(({ label }) => label === wanted) ?? options.find(({ value }) => value === wanted);
  if (found) return found.value;
  const there = options.map(({ label, value }) => `"${label}" (${value})`).join(', ');
  throw new Error(`no option "${wanted}" to choose; there are: ${there}`);
}

function idOf(all: readonly Component[], customId: string | null | undefined): number {
  return all.find(({ custom_id }) => custom_id === customId)?.id ?? 1;
}

function send(world: World, { raw }: StoredMessage, data: Json, pressing: Pressing): Interaction {
  const channel = pressing.channel ?? world.places.channels.get(raw.channel_id);
  const message: Json = { ...world.present(raw) };
  return interact(
    world,
    { type: InteractionType.component, data, message, sourceId: raw.id },
    { ...pressing, ...(channel && { channel }) },
  );
}
