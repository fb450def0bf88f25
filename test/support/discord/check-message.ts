import { invalidForm, type Problem, refuse } from './api-refusal.ts';
import type { StoredAttachment } from './attachment-store.ts';
import { componentProblems } from './check-components.ts';
import { type DiscordMessage, Flag, type MessageBody } from './discord-types.ts';
import type { UploadedFile } from './read-request.ts';

const MAX_CONTENT = 2000;
const MAX_EMBEDS = 6000;
const MAX_FILES = 10;
export const UPLOAD_LIMIT = 10 * 1024 * 1024;
const FIELD = /^files\[(\d+)\]$/;

/** A message somebody wants to post, or what an edit would put in its place. */
export interface Draft {
  readonly body: MessageBody;
  readonly files: readonly UploadedFile[];
  /** Most bytes one file may have. */
  readonly limit: number;
  readonly allowedFlags: number;
  /** The message it edits, with the files it has. */
  readonly before?: { readonly raw: DiscordMessage; readonly files: readonly StoredAttachment[] };
}

/** Throws Discord's refusal where a message breaks one of the limits that its document does not tell. */
export function checkMessage(draft: Draft): void {
  const { files, limit, body } = draft;
  if (files.some(({ bytes }) => bytes.length > limit)) throw refuse(40005, true);
  const isV2 = isComponentsV2(draft);
  const problems = [
    ...ofContent(draft),
    ...ofFlags(draft),
    ...ofFiles(draft),
    ...ofMentions(body),
    ...(isV2 ? ofOldFields(draft) : []),
    ...componentProblems(body.components ?? [], { isV2, fileNames: fileNames(draft) }),
  ];
  if (problems.length > 0) throw invalidForm(problems);
  if (isEmpty(draft, isV2)) throw refuse(50006, true);
}

export function isComponentsV2({ body, before }: Draft): boolean {
  return (((body.flags ?? 0) | (before?.raw.flags ?? 0)) & Flag.componentsV2) !== 0;
}

/** The files an edit leaves where they are: those it names, or all where it names none. */
export function keptFiles({ body, before }: Draft): readonly StoredAttachment[] {
  const { files = [] } = before ?? {};
  const named = body.attachments;
  return named ? files.filter(({ id }) => named.some((attachment) => attachment.id === id)) : files;
}

/** The name an uploaded file gets: one without spaces and the like. */
export function nameOf(draft: Draft, file: UploadedFile): string {
  const told = draft.body.attachments?.find(({ id }) => id === FIELD.exec(file.field)?.[1])?.filename;
  return (told ?? file.fileName).replace(/[^\w.-]+/g, '_');
}

/** What the body says of an uploaded file. */
export function toldOf({ body }: Draft, { field }: UploadedFile) {
  return body.attachments?.find(({ id }) => id === FIELD.exec(field)?.[1]);
}

function fileNames(draft: Draft): ReadonlySet<string> {
  return new Set([
    ...draft.files.map((file) => nameOf(draft, file)),
    ...keptFiles(draft).map(({ name }) => name),
  ]);
}

function ofContent({ body }: Draft): Problem[] {
  const problems: Problem[] = [];
  if ([...(body.content ?? '')].length > MAX_CONTENT) {
    problems.push({
      path: ['content'],
      code: 'BASE_TYPE_MAX_LENGTH',
      message: 'Must be 2000 or fewer in length.',
    });
  }
  if (textIn(body.embeds ?? []) > MAX_EMBEDS) {
    problems.push({
      path: ['embeds'],
      code: 'MAX_EMBED_SIZE_EXCEEDED',
      message: 'Embed size exceeds maximum size of 6000',
    });
  }
  return problems;
}

function textIn(value: unknown): number {
  if (typeof value === 'string') return [...value].length;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce((sum, [key, inner]) => sum + (/url$/.test(key) ? 0 : textIn(inner)), 0);
}

function ofFlags({ body, before, allowedFlags }: Draft): Problem[] {
  if (body.flags === undefined || body.flags === null) return [];
  const path = ['flags'];
  const problems: Problem[] = [];
  if ((body.flags & ~allowedFlags) !== 0) {
    problems.push({
      path,
      code: 'MESSAGE_FLAGS_INVALID',
      message: `of ${body.flags}, only ${allowedFlags} can be set here`,
    });
  }
  if (((before?.raw.flags ?? 0) & ~body.flags & Flag.componentsV2) !== 0) {
    const message = 'The flag IS_COMPONENTS_V2 cannot be taken off';
    problems.push({ path, code: 'MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG', message });
  }
  return problems;
}

function ofFiles({ body, files, before }: Draft): Problem[] {
  const indices = files.map(({ field }) => FIELD.exec(field)?.[1]);
  const known = new Set([...indices, ...(before?.files ?? []).map(({ id }) => id)]);
  const strangers = (body.attachments ?? []).flatMap(({ id }, index): Problem[] =>
    known.has(id)
      ? []
      : [
          {
            path: ['attachments', index, 'id'],
            code: 'ATTACHMENT_NOT_FOUND',
            message: `there is no file ${id}`,
          },
        ],
  );
  const misnamed = files.flatMap(({ field }): Problem[] =>
    FIELD.test(field) ? [] : [{ path: [field], code: 'UNKNOWN_FIELD', message: 'files are called files[n]' }],
  );
  const tooMany: Problem[] =
    files.length > MAX_FILES
      ? [{ path: ['files'], code: 'BASE_TYPE_BAD_LENGTH', message: 'Must be 10 or fewer' }]
      : [];
  return [...strangers, ...misnamed, ...tooMany];
}

function ofMentions({ allowed_mentions }: MessageBody): Problem[] {
  const { parse } = (allowed_mentions ?? {}) as { parse?: readonly string[] | null };
  const clashing = ['users', 'roles'].find((kind) => {
    const listed = allowed_mentions?.[kind];
    return parse?.includes(kind) && Array.isArray(listed) && listed.length > 0;
  });
  if (!clashing) return [];
  const message = `parse:["${clashing}"] and ${clashing}: [ids...] are mutually exclusive.`;
  return [{ path: ['allowed_mentions'], code: 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE', message }];
}

function ofOldFields({ body, before }: Draft): Problem[] {
  const { raw } = before ?? {};
  const there: Readonly<Record<string, unknown>> = {
    content: body.content === undefined ? raw?.content : body.content,
    embeds: body.embeds === undefined ? raw?.embeds : body.embeds,
    poll: body.poll,
    sticker_ids: body.sticker_ids,
  };
  const code = 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2';
  return Object.entries(there).flatMap(([field, value]) =>
    isNothing(value)
      ? []
      : [
          {
            path: [field],
            code,
            message: `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
          },
        ],
  );
}

function isEmpty(draft: Draft, isV2: boolean): boolean {
  const { body, files, before } = draft;
  const { raw } = before ?? {};
  const components = body.components === undefined ? raw?.components : body.components;
  if (isV2) return isNothing(components);
  const content = body.content === undefined ? raw?.content : body.content;
  const embeds = body.embeds === undefined ? raw?.embeds : body.embeds;
  const isBare =
    isNothing(content) && isNothing(embeds) && isNothing(body.poll) && isNothing(body.sticker_ids);
  return isBare && files.length === 0 && keptFiles(draft).length === 0;
}

function isNothing(value: unknown): boolean {
  return (
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
  );
}
