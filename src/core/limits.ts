/** The largest picture that is read, in bytes (10⁶) and in pixels (10⁶). */
export const MAX_MEGABYTES = 25;
export const MAX_MEGAPIXELS = 50;
