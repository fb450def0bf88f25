/** As far as anything may stand before the root element. */
const HEAD_BYTES = 8192;

/** White space, <?xml …?>, a comment, or a doctype with or without declarations of its own. */
const PROLOG = /^(?:\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!doctype[^[>]*(?:\[[\s\S]*?\]\s*)?>)/i;

/** Whether the first element of a text is <svg>, whatever its prefix. */
export function isSvg(bytes: Uint8Array): boolean {
  let rest = new TextDecoder(encoding(bytes)).decode(bytes.subarray(0, HEAD_BYTES));
  for (let prolog = PROLOG.exec(rest); prolog; prolog = PROLOG.exec(rest)) {
    rest = rest.slice(prolog[0].length);
  }
  return /^<(?:[\w.-]+:)?svg[\s/>]/i.test(rest);
}

function encoding(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}
