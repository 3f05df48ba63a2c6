/** A directory that waits in a form to be applied: packed, so that 1,700 municipalities fit on the page. */

import { gunzipSync, gzipSync } from 'node:zlib';
import { directory as directorySchema } from '../../../../schemas/directory.ts';
import type { Directory } from '../../../../schemas/directory.ts';

/** What any directory unpacks to at most. */
const maxOutputLength = 2 * 1024 * 1024;

export function packDirectory(directory: Directory): string {
  return gzipSync(JSON.stringify(directory), { level: 9 }).toString('base64url');
}

/** Checked again as a whole; none when it is not what was packed. */
export function unpackDirectory(packed: string): Directory | undefined {
  try {
    const json: unknown = JSON.parse(
      gunzipSync(Buffer.from(packed, 'base64url'), { maxOutputLength }).toString('utf8'),
    );
    return directorySchema.safeParse(json).data;
  } catch {
    return undefined;
  }
}
