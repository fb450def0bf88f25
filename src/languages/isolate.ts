/** Wraps a name or a number in FSI … PDI, so that it keeps its own direction inside text of the other. */
export function isolate(text: string): string {
  return `\u2068${text}\u2069`;
}
