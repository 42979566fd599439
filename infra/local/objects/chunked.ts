import { refusal } from './request.ts';

const LINE_END = '\r\n';

/**
 * Takes the framing off an `aws-chunked` upload, which is what SDKs and the AWS CLI send by default: each chunk has a line
 * with its length in hex before it, and trailers follow the last. Signatures of chunks and checksums in trailers are not
 * verified.
 */
export const decodeChunked = (body: Buffer): Buffer => {
  const chunks: Buffer[] = [];
  let position = 0;
  for (;;) {
    const lineEnd = body.indexOf(LINE_END, position);
    const [, hex] =
      /^([0-9a-f]{1,8})(;.*)?$/i.exec(body.toString('latin1', position, Math.max(position, lineEnd))) ?? [];
    if (lineEnd < 0 || !hex) throw refusal(400, 'IncompleteBody', 'The chunked body is malformed.');
    const size = Number.parseInt(hex, 16);
    const start = lineEnd + LINE_END.length;
    if (size === 0) return Buffer.concat(chunks);
    if (start + size > body.length) throw refusal(400, 'IncompleteBody', 'The chunked body is cut off.');
    chunks.push(body.subarray(start, start + size));
    position = start + size + LINE_END.length;
  }
};
