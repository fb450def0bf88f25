import { arAltText, arHeatmap } from './ar-heatmap.ts';
import { arPhoto } from './ar-photo.ts';
import type { ExplanationWords } from './explanation-words.ts';

export const arExplanation: ExplanationWords = { photo: arPhoto, heatmap: arHeatmap, altText: arAltText };
