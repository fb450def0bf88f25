import { readFileSync } from 'node:fs';

/** One parameter of a method or one field of a type; `types` are alternatives such as `Integer`, `'photo'`, `Message[]`. */
export interface SpecField {
  readonly name: string;
  readonly required: boolean;
  readonly types: readonly string[];
}

interface SpecFile {
  readonly version: string;
  readonly methods: Readonly<Record<string, string>>;
  readonly types: Readonly<Record<string, string>>;
  readonly unions: Readonly<Record<string, string>>;
}

// A field reads `name: Type|Type`, or `name?: …` where it may be left out.
const spec: SpecFile = JSON.parse(readFileSync(new URL('./bot-api-spec.json', import.meta.url), 'utf8'));
const parsed = new Map<string, readonly SpecField[]>();

/**
 * The Bot API as Telegram documents it: its methods, its types and its unions of types.
 * From PaulSonOfLars/telegram-bot-api-spec, without the descriptions; the licence lies beside it.
 */
export const botApiSpec = {
  version: spec.version,

  /** The parameters of a method; undefined for a method that does not exist. */
  method(name: string): readonly SpecField[] | undefined {
    return Object.hasOwn(spec.methods, name)
      ? fieldsOf(`method ${name}`, spec.methods[name] ?? '')
      : undefined;
  },

  /** The fields of an object type; undefined where there is no such type. */
  type(name: string): readonly SpecField[] | undefined {
    return Object.hasOwn(spec.types, name) ? fieldsOf(name, spec.types[name] ?? '') : undefined;
  },

  /** The members of a union such as `InputMedia`; undefined where there is no such union. */
  union(name: string): readonly string[] | undefined {
    return Object.hasOwn(spec.unions, name) ? spec.unions[name]?.split('|') : undefined;
  },
};

function fieldsOf(key: string, text: string): readonly SpecField[] {
  const known = parsed.get(key);
  if (known) return known;
  const fields = text === '' ? [] : text.split('; ').map(parseField);
  parsed.set(key, fields);
  return fields;
}

function parseField(text: string): SpecField {
  const colon = text.indexOf(': ');
  const name = text.slice(0, colon);
  return {
    name: name.replace('?', ''),
    required: !name.endsWith('?'),
    types: text.slice(colon + 2).split('|'),
  };
}
