import type { Raster } from '../core/types.ts';
import { missingGrey } from './decoded-share.ts';

/** A cut-off JPEG without the rows or columns of grey that libjpeg put in place of what is missing, so that none of it is read. */
export function cropMissing(photo: Raster): Raster {
  const grey = missingGrey(photo);
  if (!grey) return photo;
  const { width, height, data } = photo;
  const isGrey = (x: number, y: number) => {
    const at = (y * width + x) * 3;
    return data[at] === grey[0] && data[at + 1] === grey[1] && data[at + 2] === grey[2];
  };
  const kept = (length: number, across: number, grey: (i: number, j: number) => boolean) => {
    const isMissing = (i: number) => Array.from({ length: across }, (_, j) => j).every((j) => grey(i, j));
    let [from, to] = [0, length];
    while (from < to && isMissing(from)) from++;
    while (to > from && isMissing(to - 1)) to--;
    return { from, to };
  };
  const rows = kept(height, width, (y, x) => isGrey(x, y));
  const columns = kept(width, height, isGrey);
  return crop(photo, columns, rows);
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function crop({ width, data }: Raster, columns: Span, rows: Span): Raster {
  const side = columns.to - columns.from;
  const out = new Uint8Array(side * (rows.to - rows.from) * 3);
  for (let y = rows.from; y < rows.to; y++) {
    const start = (y * width + columns.from) * 3;
    out.set(data.subarray(start, start + side * 3), (y - rows.from) * side * 3);
  }
  return { width: side, height: rows.to - rows.from, data: out };
}
