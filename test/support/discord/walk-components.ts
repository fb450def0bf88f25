import type { Component } from './discord-types.ts';

export interface Place {
  readonly component: Component;
  readonly path: readonly (string | number)[];
  readonly parent: Component | undefined;
}

/** Every component with those inside it, in order. */
export function* walk(
  components: readonly Component[],
  path: readonly (string | number)[] = ['components'],
  parent?: Component,
): Generator<Place> {
  for (const [index, component] of components.entries()) yield* walkOne(component, [...path, index], parent);
}

function* walkOne(
  component: Component,
  path: Place['path'],
  parent: Component | undefined,
): Generator<Place> {
  yield { component, path, parent };
  yield* walk(component.components ?? [], [...path, 'components'], component);
  if (component.accessory) yield* walkOne(component.accessory, [...path, 'accessory'], component);
}
