import type { Raster } from './types.ts';

/**
 * Gives a raster's memory back at once; it is empty from then on. Pixels lie outside V8's heap, where the garbage
 * collector comes late: with photos in a row by tens of megabytes. A raster that shares its buffer is left as it is.
 */
export function freeRaster({ data }: Raster): void {
  const { buffer, byteLength } = data;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
