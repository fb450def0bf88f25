import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { isRecord } from '../local-server/is-record.ts';
import { addWhatIsNewer, OVERLOOKED_WHEN_FALSE } from '../specs/newer-than-the-document.ts';
import type { Problem } from './api-refusal.ts';

interface Parameter {
  readonly name: string;
  readonly in: string;
}

interface OperationDocument {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly required: boolean;
    readonly content: { readonly 'application/json': { readonly schema: object } };
  };
  readonly 'x-takes-files'?: true;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationDocument>>>>;
  readonly components: { readonly schemas: Parameters<typeof addWhatIsNewer>[0] };
}

/** One thing a client can ask for, named as the document names it: `create_message`. */
export interface Operation {
  readonly method: string;
  /** Verb and path: `POST /channels/{channel_id}/messages`. */
  readonly route: string;
  readonly takesFiles: boolean;
  readonly takesBody: boolean;
  /** Whether it goes without the bot's token: it has one of its own in the path. */
  readonly isOpen: boolean;
  /** The values in the path; undefined where it is another operation's. */
  match(verb: string, path: string): Readonly<Record<string, string>> | undefined;
  /** What is wrong with query and body; empty when right. */
  readonly problemsOf: (query: Readonly<Record<string, string>>, body: unknown) => readonly Problem[];
}

const VERBS = ['get', 'post', 'put', 'patch', 'delete'];
// refs are absolute, so that every body shares what is compiled for the others
const text = readFileSync(new URL('../specs/discord-openapi.json', import.meta.url), 'utf8');
const document: Document = JSON.parse(text.replaceAll('"#/components', '"discord#/components'));
addWhatIsNewer(document.components.schemas);
chooseByType(document);

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addFormat('snowflake', /^\d{1,20}$/);
ajv.addFormat('nonce', true);
ajv.addSchema({ $id: 'discord', components: document.components });

/** All operations; literal paths come before those with a value in the same place. */
export const operations: readonly Operation[] = Object.entries(document.paths)
  .flatMap(([path, item]) => VERBS.flatMap((verb) => (item[verb] ? [operation(verb, path, item[verb])] : [])))
  .sort((one, other) => count(one.route) - count(other.route));

/** Makes the checks of the largest bodies at once, so that the first call does not have to wait for them. */
export function prepareChecks(): void {
  const largest = ['create_interaction_response', 'create_message'];
  for (const { method, problemsOf } of operations) if (largest.includes(method)) problemsOf({}, {});
}

/** Throws where the document has no operation of this name, so that a slip does not wait for ever. */
export function checkMethodName(name: string): void {
  const known = name === '*' || name === 'file' || operations.some(({ method }) => method === name);
  if (!known) throw new Error(`no operation of Discord's is called ${name}`);
}

function operation(verb: string, path: string, { operationId, ...rest }: OperationDocument): Operation {
  const pattern = new RegExp(`^${path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
  const schema = rest.requestBody?.content['application/json'].schema;
  const known = new Set((rest.parameters ?? []).map(({ name }) => name));
  let validate: ValidateFunction | undefined;
  return {
    method: operationId,
    route: `${verb.toUpperCase()} ${path}`,
    takesFiles: rest['x-takes-files'] ?? false,
    takesBody: schema !== undefined,
    isOpen: path.includes('_token}'),
    match(asked, at) {
      const found = asked.toLowerCase() === verb ? pattern.exec(at) : null;
      return found ? { ...found.groups } : undefined;
    },
    problemsOf(query, body) {
      const strangers = Object.keys(query)
        .filter((name) => !known.has(name))
        .map((name) => ({ path: [name], code: 'UNKNOWN_PARAMETER', message: 'no such query parameter' }));
      if (!schema) return strangers;
      validate ??= ajv.compile(schema);
      return validate(overlook(body)) ? strangers : [...strangers, ...told(validate.errors ?? [])];
    },
  };
}

// Of alternatives told apart by a number, ajv would complain about all: here the number chooses the one to check.
function chooseByType(schema: unknown): void {
  if (typeof schema !== 'object' || schema === null) return;
  for (const inner of Object.values(schema)) chooseByType(inner);
  if (!isRecord(schema) || !isRecord(schema['discriminator'])) return;
  const members = schema['oneOf'] as readonly { readonly $ref: string }[];
  const choices = members.map((member) => ({ types: typesOf(member.$ref), member }));
  delete schema['discriminator'];
  delete schema['oneOf'];
  Object.assign(schema, {
    type: 'object',
    required: ['type'],
    properties: { type: { enum: choices.flatMap(({ types }) => types) } },
    allOf: choices.map(({ types, member }) => ({
      if: { required: ['type'], properties: { type: { enum: types } } },
      // biome-ignore lint/suspicious/noThenProperty: JSON Schema calls it so, and nobody awaits a schema
      then: member,
    })),
  });
}

function typesOf(ref: string): readonly number[] {
  const { type } = document.components.schemas[ref.split('/').at(-1) ?? '']?.properties ?? {};
  return (type?.['enum'] ?? []) as readonly number[];
}

// Such a field may stand in the body itself or, of a callback, in its `data`.
function overlook(body: unknown): unknown {
  if (!isRecord(body)) return body;
  const kept = Object.entries(body).filter(
    ([name, value]) => !(value === false && OVERLOOKED_WHEN_FALSE.includes(name)),
  );
  return Object.fromEntries(kept.map(([name, value]) => [name, name === 'data' ? overlook(value) : value]));
}

const CODES: Readonly<Record<string, string>> = {
  required: 'BASE_TYPE_REQUIRED',
  maxLength: 'BASE_TYPE_MAX_LENGTH',
  minLength: 'BASE_TYPE_MIN_LENGTH',
  maxItems: 'BASE_TYPE_BAD_LENGTH',
  minItems: 'BASE_TYPE_BAD_LENGTH',
  enum: 'BASE_TYPE_CHOICES',
  maximum: 'NUMBER_TYPE_MAX',
  minimum: 'NUMBER_TYPE_MIN',
};

// That no alternative fits is told by what is wrong with each of them, save that it is not null.
function told(errors: readonly ErrorObject[]): Problem[] {
  const telling = errors.filter(
    ({ keyword, params }) => !['oneOf', 'anyOf', 'if'].includes(keyword) && params['type'] !== 'null',
  );
  const problems = (telling.length > 0 ? telling : errors).map(toProblem);
  // several alternatives complain in the same words
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

function toProblem({ keyword, instancePath, params, message = '' }: ErrorObject): Problem {
  const path = instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const stranger: unknown = params['unevaluatedProperty'] ?? params['additionalProperty'];
  if (typeof stranger === 'string') {
    return { path: [...path, stranger], code: 'UNKNOWN_FIELD', message: 'no such field' };
  }
  if (keyword === 'required') {
    const missing = String(params['missingProperty']);
    return { path: [...path, missing], code: 'BASE_TYPE_REQUIRED', message: 'This field is required' };
  }
  return { path, code: CODES[keyword] ?? keyword.toUpperCase(), message };
}

function count(route: string): number {
  return route.split('{').length;
}
