/** Where files lie in the bucket. */

import type { ReturnKey } from '../../schemas/return.ts';

/** A file of an export, by its path in the manifest: `exports/r6/20241101T030000Z-ABC234/public/summary.json`. */
export function exportFileKey(round: string, exportId: string, path: string): `exports/${string}` {
  return `exports/${round}/${exportId}/${path}`;
}

/** Everything that was ever exported of a round, the pointer included. */
export function exportsFolderKey(round: string): `exports/${string}/` {
  return `exports/${round}/`;
}

/** What was sent for a return: `uploads/r6/yearly-report/112011/<hash>`. */
export function uploadKey({ round, form, unit }: ReturnKey, sha256: string): `uploads/${string}` {
  return `uploads/${round}/${form}/${unit}/${sha256}`;
}

/** Everything that was ever sent for the returns of a round, whether an answer names it or not. */
export function uploadsFolderKey(round: string): `uploads/${string}/` {
  return `uploads/${round}/`;
}

export function latestFileKey(round: string): `exports/${string}` {
  return `exports/${round}/latest.json`;
}

/** A file of a published edition: `published/r6/1/summary.json`. */
export function publishedFileKey(round: string, edition: number, path: string): `published/${string}` {
  return `published/${round}/${edition}/${path}`;
}
