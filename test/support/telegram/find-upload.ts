import type { UploadedFile } from '../local-server/read-form.ts';
import { violation } from './refusal.ts';

/** The uploaded file that `attach://…` names. */
export function findUpload(named: string, files: readonly UploadedFile[]): UploadedFile {
  const upload = files.find(({ field }) => `attach://${field}` === named);
  if (!upload) throw violation(`there is no file ${named}`);
  if (upload.bytes.length === 0) throw violation('file must be non-empty');
  return upload;
}
