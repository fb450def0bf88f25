import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { crc32 } from 'node:zlib';
import { AwsRefusal } from './aws-answer.ts';
import { type DecodedBody, decodeChunks } from './decode-chunks.ts';

const CHECKSUM = 'x-amz-checksum-';
/** Each of these is somewhere in a header's name, but tells no checksum. */
const NO_CHECKSUMS = ['x-amz-checksum-type', 'x-amz-checksum-algorithm'];

/**
 * The bytes of an object, or of another body that S3 gets; every hash and checksum that came along is checked. Throws AwsRefusal.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
 */
export function readObjectBody(body: Buffer, headers: IncomingHttpHeaders): Buffer {
  const { bytes, trailers } = unpacked(body, headers);
  const announced = [...Object.entries(headers), ...trailers]
    .filter(([name]) => name.startsWith(CHECKSUM) && !NO_CHECKSUMS.includes(name))
    .map(([name, value]): [string, string] => [name.slice(CHECKSUM.length), String(value)]);
  for (const [algorithm, value] of announced) {
    if (checksumOf(bytes, algorithm) !== value) throw new AwsRefusal('BadDigest');
  }
  const trailer = headers['x-amz-trailer'];
  if (trailer && !trailers.has(String(trailer))) throw new AwsRefusal('MalformedTrailerError');
  return bytes;
}

function unpacked(body: Buffer, headers: IncomingHttpHeaders): DecodedBody {
  const hash = String(headers['x-amz-content-sha256'] ?? '');
  if (hash.startsWith('STREAMING-')) {
    const decoded = orIncomplete(() => decodeChunks(body));
    if (decoded.bytes.length !== Number(headers['x-amz-decoded-content-length'])) {
      throw new AwsRefusal('IncompleteBody');
    }
    return decoded;
  }
  const isRight = hash === 'UNSIGNED-PAYLOAD' || hash === createHash('sha256').update(body).digest('hex');
  if (!isRight) throw new AwsRefusal('XAmzContentSHA256Mismatch');
  return { bytes: body, trailers: new Map() };
}

function orIncomplete<T>(decode: () => T): T {
  try {
    return decode();
  } catch {
    throw new AwsRefusal('IncompleteBody');
  }
}

function checksumOf(bytes: Buffer, algorithm: string): string {
  switch (algorithm) {
    case 'crc32': {
      const sum = Buffer.alloc(4);
      sum.writeUInt32BE(crc32(bytes));
      return sum.toString('base64');
    }
    case 'sha1':
    case 'sha256':
      return createHash(algorithm).update(bytes).digest('base64');
    default:
      throw new AwsRefusal('NotImplemented', 501);
  }
}
