/** What was removed, with a way back: nothing is asked before. The page that says so holds the entry until it is left. */

import * as z from 'zod';
import type { Form } from '../../../schemas/form.ts';
import type { Answers, Json, JsonObject } from '../../../schemas/values/json.ts';
import { isObject } from '../../../schemas/values/json.ts';
import { hasEntries } from '../../../schemas/kinds/kind.ts';
import { done, refused } from '../../domain/outcome.ts';
import type { Outcome } from '../../domain/outcome.ts';
import { placeLabel } from '../../domain/place-label.ts';
import { firstOf } from '../../domain/posted/posted.ts';
import type { Posted } from '../../domain/posted/posted.ts';
import { answerAt, stepsAlong, withAnswerAt } from '../../domain/question-path.ts';
import { CsrfField } from '../shared/csrf-field.tsx';
import { Notice } from '../shared/notice.tsx';
import type { Removed } from './actions.ts';
import { sectionsSeen } from './opened.ts';
import type { Opened } from './opened.ts';
import { saveAnswers } from './save.ts';

const removedSchema = z.object({
  list: z.string(),
  at: z.int().min(0),
  entry: z.custom<Json>((value) => typeof value === 'string' || isObject(value)),
});

function removedIn(post: Posted): Removed | undefined {
  try {
    const given: unknown = JSON.parse(firstOf(post, 'removed') ?? '');
    return removedSchema.safeParse(given).data;
  } catch {
    return undefined;
  }
}

/** The answers with the entry where it stood; `undefined` where there is no such list, or it is there already. */
export function withRestored(
  { sections }: Pick<Form, 'sections'>,
  answers: Answers,
  { list, at, entry }: Removed,
): JsonObject | undefined {
  const names = list.split('.');
  const steps = stepsAlong(sections, names, answers);
  const last = steps.at(-1);
  const isGone = steps.some(({ index }) => index === -1);
  if (last === undefined || steps.length < names.length || isGone || last.index !== undefined) return undefined;
  if (!hasEntries(last.item.kind)) return undefined;
  const before = answerAt(sections, names, answers);
  const entries = Array.isArray(before) ? before : [];
  const isThere = isObject(entry) && entries.some((each) => isObject(each) && each['id'] === entry['id']);
  if (isThere && last.item.kind.nesting === 'entries') return undefined;
  return withAnswerAt(sections, names, answers, () => entries.toSpliced(at, 0, entry));
}

/** How often it is put back over what somebody saved meanwhile. */
const tries = 3;
const whole = { kind: 'return' } as const;

/** Puts back what the page holds, among what is stored now. */
export async function restore(opened: Opened, post: Posted): Promise<Outcome<Removed>> {
  const removed = removedIn(post);
  if (removed === undefined) return refused('not-found');
  for (let left = tries; left > 0; left -= 1) {
    const read = await opened.visit.service.returns.readDraft(opened.key);
    if (!read.ok) return read;
    const draft = read.value;
    const answers = withRestored({ sections: sectionsSeen(opened) }, draft.answers, removed);
    if (answers === undefined) return done(removed);
    const saved = await saveAnswers({ ...opened, draft }, whole, answers, { ifMatch: draft.etag(whole) });
    if (saved.ok) return done(removed);
    if (saved.problem.code !== 'precondition-failed') return saved;
  }
  return refused('busy');
}

interface NoticeProps {
  readonly opened: Opened;
  readonly removed: Removed | undefined;
  /** The page on which it stood. */
  readonly href: string;
}

export function RemovedNotice({ opened: { visit, form, draft }, removed, href }: NoticeProps) {
  if (removed === undefined) return <></>;
  const name = isObject(removed.entry) ? removed.entry['id'] : undefined;
  const path = `${removed.list}.${typeof name === 'string' ? name : removed.at}`;
  const before = withRestored(form, draft.answers, removed) ?? draft.answers;
  return (
    <Notice kind="success" title={`${placeLabel({ form }, before, path)}を削除しました。`}>
      <form method="post" action={href}>
        <CsrfField visit={visit} />
        <input type="hidden" name="removed" value={JSON.stringify(removed)} />
        <button class="button button--secondary" name="action" value="restore" autofocus>
          元に戻す
        </button>
      </form>
    </Notice>
  );
}
