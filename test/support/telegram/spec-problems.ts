import { isRecord } from '../local-server/is-record.ts';
import { botApiSpec } from './bot-api-spec.ts';

const PRIMITIVES: Readonly<Record<string, (value: unknown) => boolean>> = {
  Integer: Number.isSafeInteger,
  Float: Number.isFinite,
  Boolean: (value) => typeof value === 'boolean',
  String: (value) => typeof value === 'string',
  // an uploaded file arrives apart from the parameters, which name it
  InputFile: (value) => typeof value === 'string' && value.startsWith('attach://'),
};
const DISCRIMINATORS = ['type', 'source', 'status'];

/** What is wrong with a value that should be of this type of the Bot API (`Update`, `String[]`, …); empty when right. */
export function specProblems(type: string, value: unknown, path = type): string[] {
  return problemsOfAny([type], value, path);
}

/** The same for alternatives: one that fits is enough. */
export function problemsOfAny(types: readonly string[], value: unknown, path: string): string[] {
  const members = types.flatMap(expandUnion);
  if (Array.isArray(value)) return problemsOfArray(members, value, path);
  const candidates = byDiscriminator(members, value);
  if (candidates.length === 0) return [`${path} has an unknown ${tellApart(value)}`];
  let best: string[] | undefined;
  for (const candidate of candidates) {
    const problems = problemsOf(candidate, value, path);
    if (problems.length === 0) return [];
    if (best === undefined || problems.length < best.length) best = problems;
  }
  return best ?? [];
}

function problemsOfArray(types: readonly string[], values: readonly unknown[], path: string): string[] {
  const ofItems = types.filter((type) => type.endsWith('[]')).map((type) => type.slice(0, -2));
  if (ofItems.length === 0) return [`${path} must be ${types.join(' or ')}, not an array`];
  return values.flatMap((item, index) => problemsOfAny(ofItems, item, `${path}[${index}]`));
}

function problemsOf(type: string, value: unknown, path: string): string[] {
  if (type.startsWith("'")) return value === type.slice(1, -1) ? [] : [`${path} must be ${type}`];
  const fits = PRIMITIVES[type];
  if (fits) return fits(value) ? [] : [`${path} must be of type ${type}`];
  const fields = botApiSpec.type(type);
  if (!fields || !isRecord(value)) return [`${path} must be of type ${type}`];
  const known = new Set(fields.map(({ name }) => name));
  const strangers = Object.keys(value).filter((name) => !known.has(name) && value[name] !== undefined);
  return [
    ...strangers.map((name) => `${path}.${name} is no field of ${type}`),
    ...fields.flatMap(({ name, required, types }) => {
      const inner = value[name];
      if (inner !== undefined) return problemsOfAny(types, inner, `${path}.${name}`);
      return required ? [`${path}.${name} is required`] : [];
    }),
  ];
}

function expandUnion(type: string): readonly string[] {
  if (type.endsWith('[]')) return expandUnion(type.slice(0, -2)).map((member) => `${member}[]`);
  const members = botApiSpec.union(type);
  // RichText is part of itself: its own name stands in the list only as an array
  return members
    ? members.flatMap((member) => (member === `${type}[]` ? [member] : expandUnion(member)))
    : [type];
}

// Of many alternatives only those whose `type`, `source` or `status` says the same: the complaint then fits the value.
function byDiscriminator(types: readonly string[], value: unknown): readonly string[] {
  if (types.length < 2 || !isRecord(value)) return types;
  return types.filter((type) =>
    (botApiSpec.type(type) ?? []).every(({ name, types: [only] }) => {
      const isTold = DISCRIMINATORS.includes(name) && only?.startsWith("'");
      return !isTold || value[name] === undefined || value[name] === only?.slice(1, -1);
    }),
  );
}

function tellApart(value: unknown): string {
  const name = isRecord(value) ? DISCRIMINATORS.find((key) => value[key] !== undefined) : undefined;
  return name && isRecord(value) ? `${name} ${JSON.stringify(value[name])}` : 'type';
}
