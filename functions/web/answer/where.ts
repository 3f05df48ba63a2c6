/** On which page, and where on it, a question is answered. Pure. */

import type { Form, Item } from '../../../schemas/form.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import type { ReturnKey } from '../../../schemas/return.ts';
import { questionAt, stepsAlong } from '../../domain/question-path.ts';
import type { Step } from '../../domain/question-path.ts';
import type { Paths } from '../shared/paths.ts';
import { isFolded } from '../fields/folding.ts';

export interface PageAddress {
  readonly section: string;
  readonly entry?: string | undefined;
  /** Names of an entry inside that has a page of its own. */
  readonly at?: string | undefined;
}

export function pageHref(
  paths: Paths,
  key: ReturnKey,
  { section, entry, at }: PageAddress,
  query: Record<string, string> = {},
): string {
  const path = entry === undefined ? paths.section(key, section) : paths.entry(key, section, entry);
  const params = new URLSearchParams({ ...(at === undefined || at === '' ? {} : { at }), ...query });
  return params.size === 0 ? path : `${path}?${params}`;
}

export function isSamePage(one: PageAddress | undefined, other: PageAddress): boolean {
  return one?.section === other.section && one.entry === other.entry && one.at === other.at;
}

/** A page of an entry that was just added begins in its first field. */
export function newEntryHref(paths: Paths, key: ReturnKey, section: Item, entry: string): string {
  const [first] = section.children;
  const page = pageHref(paths, key, { section: section.key, entry });
  return first === undefined ? page : `${page}#${section.key}.${entry}.${first.key}`;
}

/** How many names of a path lead to the innermost entry that has a page of its own. */
function namesToPage(items: readonly Item[], names: readonly string[], answers: Answers): number {
  const steps = stepsAlong(items, names, answers);
  const hasPage = ({ item, index }: Step, at: number): boolean =>
    index !== undefined && isFolded(item, steps[at - 1]?.value);
  return steps.findLastIndex(hasPage) + 1;
}

export function pageOfQuestion(form: Pick<Form, 'sections'>, answers: Answers, path: string): PageAddress | undefined {
  const [key = '', ...names] = path.split('.');
  const section = form.sections.find((each) => each.key === key);
  if (section === undefined) return undefined;
  const reached = namesToPage([section], [key, ...names], answers);
  if (section.kind.nesting !== 'entries')
    return { section: key, at: reached > 1 ? names.slice(0, reached - 1).join('.') : undefined };
  const [entry, ...inside] = names;
  if (entry === undefined || reached === 0) return { section: key };
  return { section: key, entry, at: reached > 2 ? inside.slice(0, reached - 2).join('.') : undefined };
}

/** The page that an entry's page belongs to, where the entry stands among the others. */
export function pageAround(
  form: Pick<Form, 'sections'>,
  answers: Answers,
  { section, entry, at }: PageAddress,
): PageAddress {
  if (at === undefined || at === '') return { section };
  const base = [section, ...(entry === undefined ? [] : [entry]), ...at.split('.').slice(0, -2)].join('.');
  return pageOfQuestion(form, answers, base) ?? { section };
}

interface Linking {
  readonly form: Pick<Form, 'sections'>;
  readonly key: ReturnKey;
  readonly visit: { readonly paths: Paths };
  readonly draft: { readonly answers: Answers };
}

export function fieldHref({ form, key, visit: { paths }, draft }: Linking, path: string): string {
  const page = pageOfQuestion(form, draft.answers, path);
  return page === undefined
    ? paths.return(key)
    : `${pageHref(paths, key, page, { check: '1' })}#${questionAt(form, path).path}`;
}
