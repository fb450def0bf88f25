/** At least one wording of the same thing. */
export type Phrasings = readonly [string, ...string[]];

/** Chooses one of several phrasings; the same `about` gives the same choice for the same photo. */
export type Pick = (about: string, phrasings: Phrasings) => string;

/** FNV-1a, so that each choice of one photo falls on its own. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  }
  return (state ^ (state >>> 15)) >>> 0;
}

export function createPick(sha256: string): Pick {
  return (about, phrasings) => phrasings[hash(`${sha256} ${about}`) % phrasings.length] ?? phrasings[0];
}
