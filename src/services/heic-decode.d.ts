/** The package brings no types; this is the part that is used. */
declare module 'heic-decode' {
  export interface HeicImage {
    /** As shown, after the file's own rotation and crop, in px. */
    readonly width: number;
    readonly height: number;
    /** RGBA, 8 bits a channel, row by row; blocks the thread. */
    decode(): Promise<{ readonly width: number; readonly height: number; readonly data: Uint8ClampedArray }>;
  }

  /** Reads the headers only; rejects when there is no picture. */
  export function all(input: { readonly buffer: Uint8Array }): Promise<readonly HeicImage[]>;
}
