import { botApiSpec, type SpecField } from './bot-api-spec.ts';
import type { RawCall } from './read-call.ts';
import { Refusal, violation } from './refusal.ts';
import { problemsOfAny } from './spec-problems.ts';

const SCALARS = new Set(['String', 'Integer', 'Float', 'Boolean', 'InputFile']);
const BOOLEANS: Readonly<Record<string, boolean>> = {
  true: true,
  True: true,
  1: true,
  false: false,
  False: false,
  0: false,
};

/** The parameters of a call with their right types. Throws a `Refusal` where they are not what the method takes. */
export function checkParams(method: string, call: RawCall): Record<string, unknown> {
  const fields = botApiSpec.method(method);
  if (!fields) throw new Refusal('Not Found', { code: 404, violation: true });
  const known = new Map(fields.map((field) => [field.name, field]));
  const params: Record<string, unknown> = {};
  for (const [name, raw] of Object.entries(call.values)) {
    const field = known.get(name);
    if (!field) throw violation(`${method} has no parameter "${name}"`);
    const value = readValue(field, raw, call.textual.has(name));
    const [problem] = problemsOfAny(field.types, value, name);
    if (problem !== undefined) throw violation(`parameter "${name}" of ${method} is wrong: ${problem}`);
    params[name] = value;
  }
  for (const { field } of call.files) {
    if (known.get(field)?.types.includes('InputFile')) params[field] = `attach://${field}`;
  }
  checkAttachments(method, params, call, known);
  for (const { name, required } of fields) {
    if (required && params[name] === undefined)
      throw violation(`parameter "${name}" is required by ${method}`);
  }
  return params;
}

// Text stands for the value's JSON in forms and queries; an object may come as text in a JSON body, too.
function readValue({ name, types }: SpecField, raw: unknown, textual: boolean): unknown {
  if (typeof raw !== 'string') return raw;
  if (types.every((type) => !SCALARS.has(type))) return parseJson(name, raw);
  if (!textual) return raw;
  if (types.includes('Integer') && /^-?\d+$/.test(raw)) return Number(raw);
  if (types.includes('Float') && /^-?[\d.]+$/.test(raw)) return Number(raw);
  if (types.includes('Boolean')) return BOOLEANS[raw] ?? raw;
  return raw;
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw violation(`can't parse parameter "${name}": it must be JSON-serialized`);
  }
}

function checkAttachments(
  method: string,
  params: Readonly<Record<string, unknown>>,
  { files }: RawCall,
  known: ReadonlyMap<string, SpecField>,
): void {
  const named = new Set(JSON.stringify(params).match(/(?<="attach:\/\/)[^"]+/g));
  const sent = new Set(files.map(({ field }) => field));
  const missing = [...named].find((name) => !sent.has(name));
  if (missing !== undefined)
    throw violation(`file "attach://${missing}" of ${method} is missing from the form`);
  const unused = [...sent].find((name) => !named.has(name));
  if (unused === undefined) return;
  throw violation(
    known.has(unused)
      ? `parameter "${unused}" of ${method} takes no file`
      : `${method} has no parameter "${unused}", and nothing names attach://${unused}`,
  );
}
