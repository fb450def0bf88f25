/** Text that came from outside, as one line that cannot steer the terminal: control characters become �. */
export function plainLine(text: string): string {
  return text.replace(/\p{Cc}/gu, '\ufffd');
}
