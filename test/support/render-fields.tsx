/** The fields of a page as HTML, with nothing around them. */

import type { Form, Item } from '../../schemas/form.ts';
import type { Json } from '../../schemas/values/json.ts';
import type { FieldContext } from '../../functions/web/fields/context.ts';
import { FoldedEntries } from '../../functions/web/fields/folded-entries.tsx';
import { postedAnswers } from '../../functions/web/fields/write.ts';
import { QuestionFields } from '../../functions/web/fields/fields.tsx';
import { namesIn } from '../../functions/domain/print-answer.ts';
import type { Posted } from '../../functions/domain/posted/posted.ts';
import { round } from '../unit/schemas/forms/returns.ts';
import { saitama } from '../unit/support/real-forms.ts';

function fieldContext(post: Posted, rest: Partial<FieldContext> = {}): FieldContext {
  return {
    post,
    errors: new Map(),
    remarks: new Map(),
    notices: new Map(),
    sentBack: new Map(),
    held: new Map(),
    round,
    asOf: '2024-09-30',
    names: namesIn(saitama),
    municipalities: saitama.municipalities,
    fileHref: (sha256) => `/files/${sha256}`,
    references: [],
    newEntryId: () => 'offered',
    takesReasons: true,
    takesFiles: true,
    isPossible: () => true,
    pageRule: () => true,
    computedAt: () => undefined,
    pageFormula: () => undefined,
    isOnPage: () => true,
    ...rest,
  };
}

/** A list whose entries have pages of their own. */
export function renderFolded(
  props: Omit<Parameters<typeof FoldedEntries>[0], 'context'>,
  post: Posted,
  rest: Partial<FieldContext> = {},
): string {
  const entries = <FoldedEntries {...props} context={fieldContext(post, rest)} />;
  // oxlint-disable-next-line typescript/no-base-to-string -- an element of hono/jsx is its HTML as a string
  return String(entries);
}

export function renderFields(
  items: readonly Item[],
  post: Posted,
  base: string,
  stored: { [key: string]: Json | undefined },
  rest: Partial<FieldContext> = {},
): string {
  const fields = (
    <QuestionFields
      context={fieldContext(post, rest)}
      items={items}
      base={base}
      scope=""
      stored={stored}
      previous={undefined}
      submitted={undefined}
    />
  );
  // oxlint-disable-next-line typescript/no-base-to-string -- an element of hono/jsx is its HTML as a string
  return String(fields);
}

/** The fields of a section, or of one of its lists' entries at `base`, as they stand with what is stored. */
export function renderSection(
  form: Form,
  id: string,
  value: { [key: string]: Json | undefined },
  rest: Partial<FieldContext> = {},
  base = id,
): string {
  const items = form.items.get(id)?.children ?? [];
  return renderFields(items, postedAnswers(items, value, base), base, value, rest);
}
