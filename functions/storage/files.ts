/** Which files were sent for a return. The content is in the bucket (uploads.ts) before it is recorded here. */

import * as z from 'zod';
import type { ReturnKey } from '../../schemas/return.ts';
import { fileTypes, isFileType, sha256Pattern } from '../../schemas/values/file-answer.ts';
import type { FileAnswer } from '../../schemas/values/file-answer.ts';
import { done } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { StorageContext } from './context.ts';
import { disposedRound } from './disposals.ts';
import { fileKey, filePrefix, isReturnKey, metaKey } from './keys.ts';
import { readAll, readItem, readItems } from './reads.ts';
import { transact } from './transact.ts';
import type { TransactionStep } from './transact.ts';

const fileItem = z.lazy(() =>
  z.object({
    name: z.string(),
    type: z.enum(Object.keys(fileTypes).filter(isFileType)),
    bytes: z.int().positive(),
    sentAt: z.string(),
    sentBy: z.string(),
  }),
);

interface Files {
  /** The files of these hashes that were sent for the return, by hash. */
  files(key: ReturnKey, hashes: readonly string[]): Promise<ReadonlyMap<string, FileAnswer>>;
  /** How many were sent for it. */
  countFiles(key: ReturnKey): Promise<number>;
  /** Records a file; one of the same content takes the new name. Refuses `round-disposed` and `busy`. */
  addFile(key: ReturnKey, file: FileAnswer, actor: string): Promise<Outcome<FileAnswer>>;
}

/** As many items as one request takes. */
const mostAtOnce = 100;

export function createFiles(context: StorageContext): Files {
  const { table, now } = context;

  return {
    files: async (key, hashes) => {
      const found = new Map<string, FileAnswer>();
      if (!isReturnKey(key)) return found;
      const wanted = [...new Set(hashes)].filter((hash) => sha256Pattern.test(hash));
      for (let from = 0; from < wanted.length; from += mostAtOnce) {
        const some = wanted.slice(from, from + mostAtOnce);
        const items = await readItems(
          context,
          some.map((hash) => fileKey(key, hash)),
        );
        for (const [index, sha256] of some.entries()) {
          if (items[index] === undefined) continue;
          const { name, type, bytes } = fileItem.parse(items[index]);
          found.set(sha256, { name, type, bytes, sha256 });
        }
      }
      return found;
    },
    countFiles: async (key) => {
      const { pk } = fileKey(key, '');
      return (await readAll(context, { pk, prefix: filePrefix(key), attributes: ['sk'] })).length;
    },
    addFile: (key, file, actor) =>
      transact<FileAnswer>(context, async (operation) => {
        // A round that is disposed of between here and the write has no number any more.
        const gone = disposedRound(await readItem(context, metaKey(key.round)));
        if (gone !== undefined) return gone;
        const { sha256, ...rest } = file;
        const own = fileKey(key, sha256);
        const item = { ...own, ...rest, sentAt: now().toISOString(), sentBy: actor, operation };
        const writes = [
          {
            ConditionCheck: { TableName: table, Key: metaKey(key.round), ConditionExpression: 'attribute_exists(seq)' },
          },
          { Put: { TableName: table, Item: item } },
        ];
        return done<TransactionStep<FileAnswer>>({ kind: 'write', writes, proof: own, value: file });
      }),
  };
}
