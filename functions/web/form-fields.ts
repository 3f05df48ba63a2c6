/** How many fields a posted form may have, counted before anything takes it apart: millions of empty ones take seconds. */

import type { Context } from 'hono';

/** Several times what the largest page has. */
export const mostFields = 50_000;

const ampersand = 0x26;

/** The ampersands of a form; the marks that could begin a part of one with files. */
function fieldsIn(bytes: Uint8Array, isMultipart: boolean): number {
  let fields = 1;
  if (!isMultipart) {
    for (const byte of bytes) if (byte === ampersand) fields += 1;
    return fields;
  }
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = body.indexOf('\n--'); at !== -1 && fields <= mostFields; at = body.indexOf('\n--', at + 3)) fields += 1;
  return fields;
}

/** The body stays unread for those who come after. */
export async function hasTooManyFields({ req }: Context): Promise<boolean> {
  const type = req.header('content-type')?.toLowerCase() ?? '';
  const isMultipart = type.startsWith('multipart/form-data');
  if (req.raw.body === null || !(isMultipart || type.startsWith('application/x-www-form-urlencoded'))) return false;
  return fieldsIn(new Uint8Array(await req.raw.clone().arrayBuffer()), isMultipart) > mostFields;
}
