/** Comments (コメント) inside a municipality on the questions of a return: in no log, no export and no answer to the prefecture. */

import type { Comment, CommentToWrite } from '../../schemas/comment.ts';
import type { ReturnKey } from '../../schemas/return.ts';
import { lineFeeds } from '../../schemas/values/text.ts';
import { refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { KeptRecords } from '../storage/kept-records.ts';
import type { FoundReturn } from './access.ts';
import type { ClockAndIds } from './drafts.ts';

/** On one return. */
const mostComments = 200;

type Commented = Pick<FoundReturn, 'key' | 'form' | 'sections'>;

export interface Comments {
  /** The newest first; for a guest those on the sections that were shared. */
  comments(found: Pick<FoundReturn, 'key' | 'sections'>): Promise<Comment[]>;
  /**
   * Refuses `invalid-message` for what is no question of the form or was not shared, and `too-many-messages`.
   *
   * @param id given by who writes, so that it is written once however often it is sent
   */
  comment(found: Commented, wanted: CommentToWrite, actor: string, id?: string): Promise<Outcome<Comment>>;
  removeComment(key: ReturnKey, id: string): Promise<void>;
}

function isSeen({ sections }: Pick<FoundReturn, 'sections'>, path: string): boolean {
  return sections === undefined || sections.includes(path.split('.')[0] ?? '');
}

export function createComments(records: KeptRecords<Comment>, { now, randomId }: ClockAndIds): Comments {
  return {
    comments: async (found) => {
      const all = await records.all(found.key);
      return all.filter(({ path }) => isSeen(found, path)).toSorted((a, b) => (a.at < b.at ? 1 : -1));
    },
    comment: async (found, { path = '', text }, actor, id = randomId()) => {
      const { key, form } = found;
      if ((path !== '' && !form.items.has(path)) || !isSeen(found, path)) {
        const message = 'コメントできる項目を選んでください。';
        return refused('invalid-message', { errors: [{ path: 'path', code: 'unknown-question', message }] });
      }
      const before = await records.all(key);
      if (before.length >= mostComments && before.every((each) => each.id !== id)) return refused('too-many-messages');
      return records.add(key, { id, path, text: lineFeeds(text), at: now().toISOString(), by: actor });
    },
    removeComment: (key, id) => records.remove(key, id),
  };
}
