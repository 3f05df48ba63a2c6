/** Answers in the smaller form that a client accepts: a gateway that hands on an answer as it comes compresses nothing. */

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';
import type { MiddlewareHandler } from 'hono';
import { parseAccept } from 'hono/utils/accept';
import { COMPRESSIBLE_CONTENT_TYPE_REGEX } from 'hono/utils/compress';
import { streamOf } from '../platform/byte-stream.ts';
import { problemResponse } from '../platform/problem-response.ts';

/** In bytes; a smaller answer fits one packet as it is. */
const worthwhile = 1024;

/** The better one first. Brotli's window is kept small: every answer that is on its way holds one. */
const compressors = {
  br: () =>
    createBrotliCompress({
      params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: 18 },
    }),
  gzip: () => createGzip(),
} as const;

type Coding = keyof typeof compressors;
const codings: readonly Coding[] = ['br', 'gzip'];

/** The content coding that an `Accept-Encoding` likes best; `undefined` where that is none of ours. */
export function acceptedCoding(header: string | undefined): Coding | undefined {
  if (header === undefined) return undefined;
  const accepted = parseAccept(header).map(({ type, q }) => ({ name: type.toLowerCase(), q }));
  const weightOf = (coding: string): number =>
    accepted.find(({ name }) => name === coding)?.q ?? accepted.find(({ name }) => name === '*')?.q ?? 0;
  const asItIs = accepted.find(({ name }) => name === 'identity')?.q ?? 0;
  const [best] = codings.toSorted((one, other) => weightOf(other) - weightOf(one));
  return best !== undefined && weightOf(best) > 0 && weightOf(best) >= asItIs ? best : undefined;
}

/**
 * Whether another site made the browser ask. Such an answer is left as it is: its length would tell, attempt by attempt,
 * how much of what the other site wrote into the address stands on the page too, for example its CSRF token (BREACH).
 */
function isForAnotherSite(fetchSite: string | undefined): boolean {
  return fetchSite === 'cross-site' || fetchSite === 'same-site';
}

function canBeCompressed({ status, headers, body }: Response): boolean {
  const length = headers.get('content-length');
  return (
    body !== null &&
    status !== 206 &&
    !headers.has('content-encoding') &&
    (length === null || Number(length) >= worthwhile) &&
    COMPRESSIBLE_CONTENT_TYPE_REGEX.test(headers.get('content-type') ?? '')
  );
}

/** The body compressed, and read no faster than what came of it is taken. */
function smaller(body: ReadableStream<Uint8Array>, coding: Coding): ReadableStream<Uint8Array> {
  const compressor = compressors[coding]();
  // Whoever reads the compressor is told of a body that breaks off.
  pipeline(Readable.from(body), compressor).catch(() => undefined);
  return streamOf(compressor);
}

/** Compresses piece by piece, as fast as the client takes it; what is compressed already (xlsx, docx, zip) stays as it is. */
export const compressed: MiddlewareHandler = async (c, next) => {
  await next();
  if (c.req.method === 'HEAD' || !canBeCompressed(c.res)) return;
  const { body, headers } = c.res;
  headers.append('vary', 'Accept-Encoding');
  const coding = acceptedCoding(c.req.header('accept-encoding'));
  if (body === null || coding === undefined || isForAnotherSite(c.req.header('sec-fetch-site'))) return;
  c.res = new Response(smaller(body, coding), c.res);
  c.res.headers.delete('content-length');
  c.res.headers.set('content-encoding', coding);
  // Parts of a file are counted in its own bytes: nobody may put them together with bytes that were compressed.
  const tag = headers.get('etag');
  if (tag?.startsWith('"') === true && headers.has('accept-ranges')) c.res.headers.set('etag', `W/${tag}`);
};

/** A body that was sent compressed is refused: a few kilobytes may stand for gigabytes, and no browser sends one. */
export const uncompressed: MiddlewareHandler = async (c, next) => {
  const coding = c.req.header('content-encoding')?.trim().toLowerCase() ?? 'identity';
  return coding === 'identity' ? next() : problemResponse({ code: 'unsupported-content-encoding' });
};
