import { MAX_BYTES } from '../../core/admit-photo.ts';

/** Discord lets people send larger files, but they would not be read. */
export const MAX_FILE_MEGABYTES = MAX_BYTES / 1024 ** 2;
