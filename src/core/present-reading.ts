import type { Card } from './card.ts';
import { heatmapFileName, photoFileName } from './heatmap-file-name.ts';
import { type Answer, presentAnswer } from './present-answer.ts';
import type { Language, Reading } from './types.ts';

/** The card of a reading's present state. `resultId`: what its buttons are about; null: it has none. */
export function presentReading(
  reading: Reading,
  {
    language,
    ...shown
  }: Pick<Answer, 'resultId' | 'spoiler' | 'offersTracks' | 'asks'> & { language: Language },
): Card {
  const { look, ...parts } = reading;
  const { scores, notes, heatmap, photo } = look;
  const image = {
    fileName: heatmapFileName(reading),
    content: { kind: 'jpeg', jpeg: heatmap.jpeg },
  } as const;
  const shownPhoto = photo && {
    fileName: photoFileName(look.sha256, parts.album?.count ?? 1),
    content: { kind: 'jpeg', jpeg: photo } as const,
  };
  const answer = { ...parts, scores, notes, image, photo: shownPhoto, ...shown } as const;
  return presentAnswer({ ...answer, view: 'result', vote: null }, language);
}
