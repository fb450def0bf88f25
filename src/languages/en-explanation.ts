import { enAltText, enHeatmap } from './en-heatmap.ts';
import { enPhoto } from './en-photo.ts';
import type { ExplanationWords } from './explanation-words.ts';

export const enExplanation: ExplanationWords = { photo: enPhoto, heatmap: enHeatmap, altText: enAltText };
