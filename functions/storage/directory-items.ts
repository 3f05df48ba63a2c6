/**
 * A version of the directory as an item keeps it. Since release 0.4 a directory says more than earlier releases take: what they
 * read stands where they look for it, and the whole beside it.
 */

import { gunzipSync, gzipSync } from 'node:zlib';
import type { Directory } from '../../schemas/directory.ts';
import { directoryText } from './items.ts';

interface PackedDirectory {
  readonly gzip: Uint8Array;
  readonly whole?: Uint8Array | undefined;
}

function asReleased({ prefecture, municipalities, councils, validFrom }: Directory): Directory {
  return {
    prefecture,
    municipalities: municipalities.map(({ code, name, kind, welfareOffice }) => ({ code, name, kind, welfareOffice })),
    councils: councils.map(({ id, name, members, lead, ward }) => ({ id, name, members, lead, ward })),
    validFrom,
  };
}

export function packDirectory(directory: Directory): PackedDirectory {
  const [released, whole] = [JSON.stringify(asReleased(directory)), JSON.stringify(directory)];
  return { gzip: gzipSync(released), ...(released === whole ? {} : { whole: gzipSync(whole) }) };
}

export function sizeOfPacked({ gzip, whole }: PackedDirectory): number {
  return gzip.byteLength + (whole?.byteLength ?? 0);
}

export function unpackDirectory({ gzip, whole = gzip }: PackedDirectory): Directory {
  return directoryText.parse(gunzipSync(whole).toString('utf8'));
}
