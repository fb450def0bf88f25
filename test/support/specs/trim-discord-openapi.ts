import { readFileSync, writeFileSync } from 'node:fs';

type Json = Readonly<Record<string, unknown>>;

interface OpenApi {
  readonly openapi: string;
  readonly info: Json;
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Json>> };
}

// Makes `discord-openapi.json` from the document in github.com/discord/discord-api-spec:
//   node test/support/specs/trim-discord-openapi.ts <path to specs/openapi.json>
const [source = ''] = process.argv.slice(2);
const target = new URL('./discord-openapi.json', import.meta.url);
const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete']);
const KEPT =
  /^\/(?:interactions\/|webhooks\/\{webhook_id\}\/\{webhook_token\}(?:$|\/messages)|gateway|applications\/@me$|applications\/\{application_id\}\/(?:guilds\/\{guild_id\}\/)?commands(?:$|\/\{command_id\}$)|channels\/\{channel_id\}(?:$|\/messages(?:$|\/\{message_id\}$)|\/typing$)|users\/@me(?:$|\/channels$|\/guilds)|users\/\{user_id\}$|guilds\/\{guild_id\}(?:$|\/roles$|\/members\/\{user_id\}$))/;
const LEFT_OUT = new Set([
  'delete_webhook_by_token',
  'update_webhook_by_token',
  'get_webhook_by_token',
  'delete_channel',
  'update_channel',
  'update_guild',
  'add_guild_member',
  'update_guild_member',
  'delete_guild_member',
  'update_my_application',
  'update_my_user',
  'get_my_guild_member',
  'create_guild_role',
  'bulk_update_guild_roles',
]);

const document: OpenApi = JSON.parse(readFileSync(source, 'utf8'));
const reached = new Map<string, unknown>();
const paths = Object.fromEntries(
  Object.entries(document.paths)
    .filter(([path]) => KEPT.test(path))
    .map(([path, item]) => [path, trimPath(item)] as const)
    .filter(([, item]) => Object.keys(item).some((key) => VERBS.has(key))),
);
reach(paths);
const schemas = Object.fromEntries([...reached].sort(([one], [other]) => (one < other ? -1 : 1)));
writeFileSync(
  target,
  `${JSON.stringify({ openapi: document.openapi, info: { version: document.info['version'], license: document.info['license'] }, paths, components: { schemas } }, null, 1)}\n`,
);

function trimPath(item: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(item)) {
    if (!VERBS.has(key)) kept[key] = trim(value);
    else if (!LEFT_OUT.has(String((value as Json)['operationId']))) kept[key] = trimOperation(value as Json);
  }
  return kept;
}

// Answers are the fake's own; of the forms of a body, JSON stands for all: files come beside it.
function trimOperation({ operationId, parameters, requestBody }: Json): Json {
  const { content = {}, required = false } = (requestBody ?? {}) as { content?: Json; required?: boolean };
  const json = content['application/json'];
  return {
    operationId,
    ...(parameters !== undefined && { parameters: trim(parameters) }),
    ...(json !== undefined && { requestBody: { content: { 'application/json': trim(json) }, required } }),
    ...('multipart/form-data' in content && { 'x-takes-files': true }),
  };
}

function trim(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(trim);
  if (typeof value !== 'object' || value === null) return value;
  const kept: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    const isText = (key === 'description' || key === 'title') && typeof inner === 'string';
    if (!isText && !key.startsWith('x-')) kept[key] = trim(inner);
  }
  return tellApart(close(kept));
}

// The document closes almost no object; here a name that it does not know is a mistake.
function close(schema: Record<string, unknown>): Record<string, unknown> {
  const isObject =
    schema['type'] === 'object' || (schema['type'] as unknown[] | undefined)?.includes?.('object');
  const isOpen = schema['additionalProperties'] !== undefined;
  return isObject && !isOpen ? { ...schema, unevaluatedProperties: false } : schema;
}

// Alternatives that say in `type` which one they are: complaints are then about the right one.
function tellApart(schema: Record<string, unknown>): Record<string, unknown> {
  const key = ['oneOf', 'anyOf'].find((name) => Array.isArray(schema[name]));
  const members = key === undefined ? [] : (schema[key] as Json[]);
  if (key === undefined || members.length < 2 || !members.every(saysItsType)) return schema;
  const { [key]: _, ...rest } = schema;
  return { ...rest, oneOf: members, discriminator: { propertyName: 'type' } };
}

function saysItsType({ $ref }: Json): boolean {
  const { properties, required } = (document.components.schemas[nameOf($ref)] ?? {}) as Json;
  const type = (properties as Record<string, Json> | undefined)?.['type'];
  return Array.isArray(type?.['enum']) && (required as string[] | undefined)?.includes('type') === true;
}

function reach(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const inner of Object.values(value)) reach(inner);
  const name = nameOf((value as Json)['$ref']);
  if (name === '' || reached.has(name)) return;
  const schema = trim(document.components.schemas[name]);
  reached.set(name, schema);
  reach(schema);
}

function nameOf(ref: unknown): string {
  return typeof ref === 'string' ? (ref.split('/').pop() ?? '') : '';
}
