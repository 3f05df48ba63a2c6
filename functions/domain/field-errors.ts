/** Zod issues → errors at questions, with stable codes and Japanese messages. One table for every form. */

import type { Form, Item } from '../../schemas/form.ts';
import type { FieldError } from '../../schemas/problem.ts';
import type { Json } from '../../schemas/values/json.ts';
import { sharedErrors } from '../../schemas/kinds/field-error.ts';
import type { Issue, SharedErrorCode } from '../../schemas/kinds/field-error.ts';
import { stepsAlong } from './question-path.ts';

function isShared(code: string): code is SharedErrorCode {
  return Object.hasOwn(sharedErrors, code);
}

function errorAt(path: string, code: string, item: Item | undefined): FieldError {
  return { path, code, message: item?.kind.errors?.[code] ?? sharedErrors[isShared(code) ? code : 'wrong-type'] };
}

function codeOf(issue: Issue, item: Item | undefined): string {
  const own = issue.params?.['code'];
  if (typeof own === 'string' && (isShared(own) || item?.kind.errors?.[own] !== undefined)) return own;
  if (item === undefined) return issue.path.at(-1) === 'id' ? 'invalid-id' : 'wrong-type';
  const { kind } = item;
  if (issue.code === 'too_small' && issue.origin === 'string') return 'empty';
  if (kind.nesting === 'entries' && issue.code === 'too_big') return 'too-many';
  return kind.nesting === 'fields' || kind.nesting === 'entries' ? 'wrong-type' : kind.issueCode(issue);
}

/** What is wrong inside a single answer is wrong with its question; plain texts in a list are told by position. */
function isSingleAnswer({ kind }: Item): boolean {
  return kind.nesting === 'none';
}

function standsAt(
  { sections }: Pick<Form, 'sections'>,
  value: Json,
  issue: Issue,
  base: readonly string[],
): { readonly path: string; readonly item: Item | undefined } {
  const names = [...base, ...issue.path];
  const steps = stepsAlong(sections, names, value, base.length);
  const item = steps.at(-1)?.item;
  const rest = item !== undefined && isSingleAnswer(item) ? [] : names.slice(steps.length);
  const path = [...steps.map(({ name }) => name), ...rest.map(String)].join('.');
  return { path, item: rest.length === 0 ? item : undefined };
}

/** Nobody reads more; a list without end would not fit into an answer. */
export const mostErrors = 1000;

/**
 * Errors for the issues found in `value`, which stands at `base` in the answers: empty for a whole return; the names of a
 * section, or of a section and one of its entries, for a part.
 */
export function fieldErrors(
  form: Pick<Form, 'sections'>,
  value: Json,
  issues: readonly Issue[],
  base: readonly string[] = [],
): FieldError[] {
  const errors = issues.slice(0, mostErrors).flatMap((issue) => {
    const { path, item } = standsAt(form, value, issue, base);
    if (issue.code === 'unrecognized_keys' && (item === undefined || !isSingleAnswer(item)))
      return (issue.keys ?? [])
        .slice(0, mostErrors)
        .map((key) => errorAt(path === '' ? key : `${path}.${key}`, 'unknown-question', undefined));
    const code = codeOf(issue, item);
    return [errorAt(path, code, item)];
  });
  return [...new Map(errors.map((error) => [`${error.path} ${error.code}`, error])).values()];
}
