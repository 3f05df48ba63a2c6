/** Bodies that were sent compressed, handed on as if they had not been. */

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { MiddlewareHandler } from 'hono';
import { problemResponse } from '../platform/problem-response.ts';

class TooLarge extends Error {}

/** A few kilobytes may stand for gigabytes: unpacked no further than to the limit. */
async function unzipped(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<Buffer<ArrayBuffer>> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  await pipeline(Readable.from(body), createGunzip(), async (source: AsyncIterable<Buffer>) => {
    for await (const piece of source) {
      bytes += piece.byteLength;
      if (bytes > maxBytes) throw new TooLarge();
      pieces.push(piece);
    }
  });
  return Buffer.concat(pieces);
}

/**
 * Takes `Content-Encoding: gzip` and refuses every other coding.
 *
 * @param maxBytes of a body once it is unpacked
 */
export function inflated(maxBytes: number): MiddlewareHandler {
  return async (c, next) => {
    const coding = c.req.header('content-encoding')?.trim().toLowerCase() ?? 'identity';
    const { body } = c.req.raw;
    if (coding === 'identity' || body === null) return next();
    if (coding !== 'gzip' && coding !== 'x-gzip') return problemResponse({ code: 'unsupported-content-encoding' });
    const headers = new Headers(c.req.raw.headers);
    headers.delete('content-encoding');
    headers.delete('transfer-encoding');
    try {
      const plain = await unzipped(body, maxBytes);
      headers.set('content-length', String(plain.byteLength));
      c.req.raw = new Request(c.req.url, { method: c.req.method, headers, body: plain });
    } catch (error) {
      return problemResponse({ code: error instanceof TooLarge ? 'too-large' : 'malformed-request' });
    }
    return next();
  };
}
