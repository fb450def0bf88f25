import type { StoredAttachment } from './attachment-store.ts';
import { fileNameIn } from './check-components.ts';
import { type Component, ComponentType, type Media } from './discord-types.ts';
import { walk } from './walk-components.ts';
import type { World } from './world.ts';

// What stands in an answer where the request has said nothing.
const DEFAULTS: Readonly<Record<number, object>> = {
  [ComponentType.container]: { accent_color: null, spoiler: false },
  [ComponentType.separator]: { spacing: 1, divider: true },
  [ComponentType.thumbnail]: { description: null, spoiler: false },
  [ComponentType.file]: { spoiler: false },
  [ComponentType.stringSelect]: { min_values: 1, max_values: 1 },
};

/** Components as Discord tells them once they are posted: numbered, complete, with the files in their places. */
export function showComponents(
  world: World,
  components: readonly Component[],
  files: readonly StoredAttachment[],
): readonly Component[] {
  const nextId = numbers(components);
  const find = ({ url }: Media) => files.findLast(({ name }) => name === fileNameIn(url));
  const place = (media: Media): Media => {
    const file = find(media);
    if (file) return mediaOf(world, file);
    return { id: world.clock.snowflake(), proxy_url: media.url, ...media } as Media;
  };
  const placeFile = (media: Media) => {
    const file = find(media);
    return { file: place(media), ...(file && { name: file.name, size: file.bytes.length }) };
  };
  const show = (component: Component): Component => ({
    ...DEFAULTS[component.type],
    ...component,
    id: component.id || nextId(),
    ...(component.media && { media: place(component.media) }),
    ...(component.file && placeFile(component.file)),
    ...(component.items && {
      items: component.items.map(({ media, description = null, spoiler = false }) => ({
        media: place(media),
        description,
        spoiler,
      })),
    }),
    ...(component.components && { components: component.components.map(show) }),
    ...(component.accessory && { accessory: show(component.accessory) }),
  });
  return components.map(show);
}

/** The ids of the files that components show. */
export function shownFiles(components: readonly Component[]): ReadonlySet<string> {
  const media = [...walk(components)].flatMap(({ component }) => [
    component.media,
    component.file,
    ...(component.items ?? []).map((item) => item.media),
  ]);
  return new Set(media.flatMap((one) => one?.attachment_id ?? []));
}

// Discord numbers all components that have no id of their own.
function numbers(components: readonly Component[]): () => number {
  const taken = new Set([...walk(components)].map(({ component }) => component.id));
  let last = 0;
  return () => {
    do last += 1;
    while (taken.has(last));
    return last;
  };
}

function mediaOf(world: World, file: StoredAttachment): Media {
  const { id, url, proxy_url, width = null, height = null, content_type } = world.attachments.describe(file);
  const told = { id, attachment_id: id, url, proxy_url, width, height };
  return content_type === undefined ? told : { ...told, content_type };
}
