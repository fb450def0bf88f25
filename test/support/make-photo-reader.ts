import type { PhotoReader } from '../../src/core/ports.ts';

/** A reader that only looks. */
export function makePhotoReader(look: PhotoReader['look']): PhotoReader {
  const never = async () => Promise.reject(new Error('only look is there'));
  return {
    look,
    measure: never,
    draw: never,
    drawStrip: never,
    drawOverStrip: never,
    encode: never,
    close: async () => {},
  };
}
