import { invalidForm, type Problem, refuse } from './api-refusal.ts';
import { componentProblems } from './check-components.ts';
import { Flag, type MessageBody } from './discord-types.ts';
import { type Draft, indexOf, isComponentsV2, keptFiles, namesToShow } from './draft.ts';

const MAX_CONTENT = 2000;
const MAX_EMBEDS = 6000;
const MAX_FILES = 10;
export const UPLOAD_LIMIT = 10 * 1024 * 1024;

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
    ...componentProblems(body.components ?? [], { isV2, fileNames: namesToShow(draft) }),
  ];
  if (problems.length > 0) throw invalidForm(problems);
  if (isEmpty(draft, isV2)) throw refuse(50006, true);
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

function ofFiles(draft: Draft): Problem[] {
  const { body, files, before } = draft;
  const indices = files.map(indexOf);
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
  const misnamed = files.flatMap((file): Problem[] =>
    indexOf(file)
      ? []
      : [{ path: [file.field], code: 'UNKNOWN_FIELD', message: 'files are called files[n]' }],
  );
  const tooMany: Problem[] =
    files.length + keptFiles(draft).length > MAX_FILES
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
