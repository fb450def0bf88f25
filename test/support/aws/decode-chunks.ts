/** A body that came in signed or unsigned chunks, without what holds them together. */
export interface DecodedBody {
  readonly bytes: Buffer;
  /** What came after the last chunk, such as a checksum, by its name in small letters. */
  readonly trailers: ReadonlyMap<string, string>;
}

const LINE_END = '\r\n';

/** Reads `aws-chunked`: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html. Throws for a body that is cut off. */
export function decodeChunks(body: Buffer): DecodedBody {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = body.indexOf(LINE_END, at);
    if (end < 0) throw new Error('A chunk has no head.');
    const size = Number.parseInt(body.toString('latin1', at, end), 16); // a signature may follow the size
    at = end + LINE_END.length;
    if (size === 0) break;
    if (body.toString('latin1', at + size, at + size + 2) !== LINE_END)
      throw new Error('A chunk is cut off.');
    chunks.push(body.subarray(at, at + size));
    at += size + LINE_END.length;
  }
  const lines = body.toString('latin1', at).split(LINE_END).filter(Boolean);
  const trailers = lines.map((line): [string, string] => {
    const [name = '', value = ''] = line.split(/:(.*)/s);
    return [name.toLowerCase(), value.trim()];
  });
  return { bytes: Buffer.concat(chunks), trailers: new Map(trailers) };
}
