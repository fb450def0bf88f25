import type { UploadedFile } from '../local-server/read-form.ts';
import type { StoredAttachment } from './attachment-store.ts';
import { type AttachmentBody, type DiscordMessage, Flag, type MessageBody } from './discord-types.ts';

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

const FIELD = /^files\[(\d+)\]$/;

export function isComponentsV2({ body, before }: Draft): boolean {
  return (((body.flags ?? 0) | (before?.raw.flags ?? 0)) & Flag.componentsV2) !== 0;
}

/** The n of `files[n]`, by which `attachments` names an uploaded file; undefined where the field has another name. */
export function indexOf({ field }: UploadedFile): string | undefined {
  return FIELD.exec(field)?.[1];
}

/** The files an edit leaves where they are: those it names; where it names none, all, unless it brings new ones. */
export function keptFiles({ body, files: uploads, before }: Draft): readonly StoredAttachment[] {
  const { files = [] } = before ?? {};
  const { attachments } = body;
  if (attachments) return files.filter(({ id }) => attachments.some((named) => named.id === id));
  return uploads.length === 0 ? files : [];
}

/** What the body says of a file, by its id or its index. */
export function toldOf({ body }: Draft, id: string | undefined): AttachmentBody | undefined {
  return body.attachments?.find((named) => named.id === id);
}

/** The name an uploaded file gets: one without spaces and the like. */
export function nameOf(draft: Draft, file: UploadedFile): string {
  const told = toldOf(draft, indexOf(file))?.filename;
  return (told ?? file.fileName).replace(/[^\w.-]+/g, '_');
}

/** The names that `attachment://` can mean. Of what an edit uploads, Discord finds only what `attachments` lists. */
export function namesToShow(draft: Draft): ReadonlySet<string> {
  const listed = draft.files.filter((file) => !draft.before || toldOf(draft, indexOf(file)));
  return new Set([...listed.map((file) => nameOf(draft, file)), ...keptFiles(draft).map(({ name }) => name)]);
}
