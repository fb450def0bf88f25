import type { Colour } from '../core/types.ts';
import type { FactPhrases } from './fact-phrases.ts';

function colour(name: Colour): FactPhrases[Colour] {
  return {
    much: [`a good deal of ${name}`, `plenty of ${name}`, `a lot of ${name}`],
    most: [`${name} over more than half of the frame`, `${name} above everything else`],
  };
}

/** Each fits after 'there is', after a preposition, and in a list; none contains 'and'. */
export const enPhrases: FactPhrases = {
  dark: { much: ['little light', 'deep shade'], most: ['very little light', 'near-darkness'] },
  bright: {
    much: ['plenty of light', 'bright, open tones'],
    most: ['a great deal of light', 'a flood of light'],
  },
  soft: {
    much: ['soft contrast', 'gentle steps from dark to light'],
    most: ['hardly any contrast', 'tones that all but melt together'],
  },
  hard: {
    much: ['firm contrast', 'clear steps from dark to light'],
    most: ['hard contrast', 'light set hard against dark'],
  },
  muted: {
    much: ['muted colour', 'colour held back'],
    most: ['almost no colour', 'colour drained to a trace'],
  },
  vivid: {
    much: ['strong colour', 'rich, saturated colour'],
    most: ['colour at full strength', 'intensely saturated colour'],
  },
  cool: { much: ['cool tones', 'a cool cast'], most: ['cold tones', 'a cold cast'] },
  warm: { much: ['warm tones', 'a warm cast'], most: ['very warm tones', 'a deep warm cast'] },
  smooth: {
    much: ['smooth surfaces', 'broad, quiet areas'],
    most: ['hardly an edge anywhere', 'wide, unbroken areas'],
  },
  busy: {
    much: ['a lot of fine detail', 'busy texture'],
    most: ['very dense detail', 'dense, restless texture'],
  },
  black: { ...colour('black'), much: ['deep blacks', 'plenty of black'] },
  grey: colour('grey'),
  white: colour('white'),
  red: colour('red'),
  orange: colour('orange'),
  brown: colour('brown'),
  yellow: colour('yellow'),
  green: colour('green'),
  teal: colour('teal'),
  blue: colour('blue'),
  purple: colour('purple'),
  pink: colour('pink'),
  'dark+warm': { much: ['low, warm light', 'dim, warm tones'], most: ['deep, warm darkness'] },
  'dark+cool': { much: ['low, cool light', 'dim, cool tones'], most: ['cold darkness', 'a deep, cold dark'] },
  'dark+vivid': {
    much: ['strong colour on a dark ground', 'saturated colour in low light'],
    most: ['colour at full strength on a very dark ground'],
  },
  'dark+muted': {
    much: ['low light with the colour drained away', 'a dim, drained palette'],
    most: ['darkness with next to no colour'],
  },
  'bright+cool': { much: ['clear, cool light', 'bright, cool tones'], most: ['brilliant, cold light'] },
  'bright+warm': {
    much: ['bright, warm light', 'bright, warm tones'],
    most: ['bright, very warm tones'],
  },
  'bright+soft': {
    much: ['bright tones with soft contrast', 'an even, open brightness'],
    most: ['brightness with hardly any contrast'],
  },
  'hard+muted': {
    much: ['firm contrast with little colour', 'hard light with the colour held back'],
    most: ['stark contrast with almost no colour'],
  },
  'busy+muted': {
    much: ['dense detail in muted colour', 'rough texture with little colour'],
    most: ['restless texture with almost no colour'],
  },
  'warm+brown': {
    much: ['warm browns', 'a palette of warm brown'],
    most: ['warm brown over most of the frame'],
  },
  'vivid+warm': {
    much: ['rich, warm colour', 'saturated, warm tones'],
    most: ['warm colour at full strength'],
  },
  'cool+blue': { much: ['cool blues', 'a palette of cool blue'], most: ['cold blue over most of the frame'] },
  'vivid+blue': {
    much: ['saturated blues', 'strong blues'],
    most: ['intense blue over most of the frame'],
  },
  'soft+smooth': {
    much: ['soft, smooth transitions', 'tones that glide into one another'],
    most: ['soft, almost unbroken tones'],
  },
  'hard+busy': {
    much: ['firm contrast in busy detail', 'dense, high-contrast texture'],
    most: ['hard contrast in dense detail'],
  },
  'muted+grey': {
    much: ['muted greys', 'a restrained grey palette'],
    most: ['grey with barely a trace of colour'],
  },
  'dark+black': {
    much: ['deep blacks', 'black with little light in it'],
    most: ['black over most of the frame'],
  },
  'bright+white': {
    much: ['bright whites', 'a bright, white palette'],
    most: ['white over most of the frame'],
  },
};
