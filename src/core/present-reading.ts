import type { Card } from './card.ts';
import { heatmapFileName } from './heatmap-file-name.ts';
import { presentAnswer } from './present-answer.ts';
import type { Language, Reading } from './types.ts';

/** The card of a reading's present state. `resultId`: what its buttons are about; null: it has none. */
export function presentReading(reading: Reading, language: Language, resultId: string | null): Card {
  const { look, ...parts } = reading;
  const { scores, notes, heatmap } = look;
  const image = {
    fileName: heatmapFileName(reading),
    content: { kind: 'jpeg', jpeg: heatmap.jpeg },
  } as const;
  return presentAnswer({ ...parts, scores, notes, image, resultId, view: 'result', vote: null }, language);
}
