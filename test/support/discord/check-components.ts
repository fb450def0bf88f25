import type { Problem } from './api-refusal.ts';
import { type Component, ComponentType, type Media } from './discord-types.ts';
import { type Place, walk } from './walk-components.ts';

const MAX_COMPONENTS = 40;
const MAX_TEXT = 4000;
const MAX_ROWS = 5;
const LINK = 5;
const PREMIUM = 6;
const OLD_TYPES: ReadonlySet<number> = new Set([1, 2, 3, 5, 6, 7, 8]);

interface Surroundings {
  readonly isV2: boolean;
  /** Names that `attachment://` can mean. */
  readonly fileNames: ReadonlySet<string>;
}

/** What Discord refuses in components beyond what its document says. */
export function componentProblems(components: readonly Component[], around: Surroundings): Problem[] {
  const places = [...walk(components)];
  return [
    ...ofAll(components, places, around),
    ...duplicates(places, 'custom_id', 'COMPONENT_CUSTOM_ID_DUPLICATED'),
    ...duplicates(places, 'id', 'COMPONENT_ID_DUPLICATED'),
    ...places.flatMap((place) => [
      ...ofButton(place),
      ...ofRow(place),
      ...ofSelect(place),
      ...ofMedia(place, around),
    ]),
  ];
}

function ofAll(
  components: readonly Component[],
  places: readonly Place[],
  { isV2 }: Surroundings,
): Problem[] {
  const path = ['components'];
  const texts = places.map(({ component }) =>
    component.type === ComponentType.text ? component.content : '',
  );
  const length = [...texts.join('')].length;
  const problems: Problem[] = [];
  if (!isV2) {
    const stranger = places.find(({ component }) => !OLD_TYPES.has(component.type));
    if (stranger)
      problems.push(problem(stranger.path, 'COMPONENT_TYPE_INVALID', 'needs the flag IS_COMPONENTS_V2'));
    if (components.length > MAX_ROWS)
      problems.push(problem(path, 'BASE_TYPE_BAD_LENGTH', 'Must be 5 or fewer'));
  }
  if (places.length > MAX_COMPONENTS) {
    const told = `The total number of components must be ${MAX_COMPONENTS} or fewer, not ${places.length}`;
    problems.push(problem(path, 'COMPONENT_MAX_TOTAL_COUNT_EXCEEDED', told));
  }
  if (length > MAX_TEXT) {
    const told = `The text of all components must be ${MAX_TEXT} or fewer in length, not ${length}`;
    problems.push(problem(path, 'COMPONENT_MAX_TOTAL_TEXT_SIZE_EXCEEDED', told));
  }
  return problems;
}

function duplicates(places: readonly Place[], key: 'custom_id' | 'id', code: string): Problem[] {
  const seen = new Set<unknown>();
  return places.flatMap(({ component, path }) => {
    const value = component[key];
    // 0 stands for no id
    if (value === undefined || value === null || value === 0) return [];
    const isSecond = seen.has(value);
    seen.add(value);
    return isSecond ? [problem([...path, key], code, `${key} ${value} is there twice`)] : [];
  });
}

function ofButton({ component, path }: Place): Problem[] {
  if (component.type !== ComponentType.button) return [];
  const { style, url, custom_id, label, emoji } = component;
  const has = { url: isGiven(url), custom_id: isGiven(custom_id) };
  const wanted = { url: style === LINK, custom_id: style !== LINK && style !== PREMIUM };
  const problems = (['url', 'custom_id'] as const).flatMap((key) => {
    if (has[key] === wanted[key]) return [];
    return [
      problem(
        [...path, key],
        'BUTTON_COMPONENT_FIELDS',
        `a button of style ${style} ${wanted[key] ? 'needs' : 'takes no'} ${key}`,
      ),
    ];
  });
  if (has.url && !/^(?:https?|discord):\/\//.test(url ?? '')) {
    problems.push(
      problem([...path, 'url'], 'URL_TYPE_INVALID_SCHEME', 'Scheme must be one of http, https, discord'),
    );
  }
  if (style !== PREMIUM && !isGiven(label) && !isGiven(emoji)) {
    problems.push(
      problem([...path, 'label'], 'BUTTON_COMPONENT_LABEL_REQUIRED', 'needs a label or an emoji'),
    );
  }
  return problems;
}

function ofRow({ component, path }: Place): Problem[] {
  if (component.type !== ComponentType.row) return [];
  const inner = component.components ?? [];
  const selects = inner.filter(({ type }) => type !== ComponentType.button).length;
  if (selects === 0 || inner.length === 1) return [];
  return [
    problem([...path, 'components'], 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'a select has a row to itself'),
  ];
}

function ofSelect({ component, path }: Place): Problem[] {
  if (component.type !== ComponentType.stringSelect) return [];
  const { options = [], min_values, max_values } = component;
  const [min, max] = [min_values ?? 1, max_values ?? 1];
  const problems: Problem[] = [];
  if (new Set(options.map(({ value }) => value)).size < options.length) {
    problems.push(
      problem([...path, 'options'], 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', 'values must be unique'),
    );
  }
  if (min > max || max > options.length) {
    problems.push(
      problem(
        [...path, 'max_values'],
        'SELECT_COMPONENT_RANGE',
        `cannot choose ${min} to ${max} of ${options.length}`,
      ),
    );
  }
  if (options.filter((option) => option.default).length > max) {
    problems.push(
      problem([...path, 'options'], 'SELECT_COMPONENT_TOO_MANY_DEFAULT', 'more defaults than may be chosen'),
    );
  }
  return problems;
}

function ofMedia({ component, path }: Place, { fileNames }: Surroundings): Problem[] {
  const all: [Media | undefined, Problem['path']][] = [
    [component.media, [...path, 'media', 'url']],
    [component.file, [...path, 'file', 'url']],
    ...(component.items ?? []).map(({ media }, index): [Media, Problem['path']] => [
      media,
      [...path, 'items', index, 'media', 'url'],
    ]),
  ];
  return all.flatMap(([media, at]) => {
    if (!media) return [];
    const name = fileNameIn(media.url);
    if (name === undefined) {
      const isFine = component.type !== ComponentType.file && /^https?:\/\//.test(media.url);
      return isFine
        ? []
        : [problem(at, 'URL_TYPE_INVALID_SCHEME', 'The url has a scheme that cannot be used here')];
    }
    return fileNames.has(name)
      ? []
      : [problem(at, 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND', `there is no file ${name}`)];
  });
}

/** The name of the file an `attachment://` address means. */
export function fileNameIn(url: string): string | undefined {
  return url.startsWith('attachment://') ? decodeURIComponent(url.slice('attachment://'.length)) : undefined;
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function problem(path: Problem['path'], code: string, message: string): Problem {
  return { path, code, message };
}
