/** What a round's report is made of, as a form: printed for people, read back. Pure. */

import { handout, mostProposals, partIds, usualParts } from '../../../schemas/handout.ts';
import type { Handout } from '../../../schemas/handout.ts';
import { errorsOf } from '../../../schemas/issues.ts';
import type { FieldError } from '../../../schemas/problem.ts';

export const proposalFields = ['title', 'issues', 'policies'] as const;
export type ProposalField = (typeof proposalFields)[number];

export const proposalLabels: Readonly<Record<ProposalField, string>> = {
  title: '項目名',
  issues: '課題',
  policies: '対応方針',
};

export const proposalsTitleLabel = '２の表題';
export const byClassLabel = '公表する分類';

/** `issues.0`: a field of the first matter. */
export function proposalFieldName(index: number, field: ProposalField): string {
  return `${field}.${index}`;
}

/** `１つ目の課題`, as errors call the field. */
function labelOf(index: number, field: ProposalField): string {
  return `${index + 1}つ目の${proposalLabels[field]}`;
}

/** The names of all its fields beside what is said beside them. */
export const handoutLabels: readonly (readonly [string, string])[] = [
  ['proposalsTitle', proposalsTitleLabel],
  ['byClass', byClassLabel],
  ...Array.from({ length: mostProposals }, (_, index) => index).flatMap((index) =>
    proposalFields.map((field) => [proposalFieldName(index, field), labelOf(index, field)] as const),
  ),
];

/** As typed. */
export interface TypedHandout {
  readonly proposalsTitle: string;
  readonly proposals: readonly Readonly<Record<ProposalField, string>>[];
  readonly parts: readonly string[];
  readonly spellsKinds: boolean;
  /** The id of a class, or nothing. */
  readonly byClass: string;
}

export function typedFrom({
  proposalsTitle = '',
  proposals = [],
  parts = usualParts,
  spellsKinds,
  byClass = '',
}: Handout): TypedHandout {
  return {
    proposalsTitle,
    proposals: proposals.map(({ title, issues = '', policies = '' }) => ({ title, issues, policies })),
    parts,
    spellsKinds: spellsKinds === true,
    byClass,
  };
}

export function postedHandout(all: (name: string) => readonly string[]): TypedHandout {
  const text = (name: string): string => all(name)[0] ?? '';
  const proposals = Array.from({ length: mostProposals }, (_, index) => ({
    title: text(proposalFieldName(index, 'title')),
    issues: text(proposalFieldName(index, 'issues')),
    policies: text(proposalFieldName(index, 'policies')),
  }));
  const last = proposals.findLastIndex((each) => proposalFields.some((field) => each[field] !== ''));
  return {
    proposalsTitle: text('proposalsTitle'),
    proposals: proposals.slice(0, last + 1),
    parts: all('parts'),
    spellsKinds: text('spellsKinds') !== '',
    byClass: text('byClass'),
  };
}

export type ReadHandout =
  | { readonly ok: true; readonly handout: Handout }
  /** By the names of the fields. */
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/** Matters that are left wholly empty are taken out; those behind them close up. */
export function readHandout({ proposalsTitle, proposals, parts, spellsKinds, byClass }: TypedHandout): ReadHandout {
  const written = proposals.flatMap((each, index) =>
    proposalFields.some((field) => each[field] !== '') ? [{ each, index }] : [],
  );
  const untitled = written
    .filter(({ each }) => each.title === '')
    .map(({ index }): FieldError => {
      const path = proposalFieldName(index, 'title');
      return { path, code: 'required', message: `「${labelOf(index, 'title')}」：項目名を入力してください。` };
    });
  const chosen = partIds.filter((part) => parts.includes(part));
  const isUsual = chosen.length === usualParts.length && usualParts.every((part) => chosen.includes(part));
  const wanted = {
    ...(proposalsTitle === '' ? {} : { proposalsTitle }),
    ...(written.length === 0
      ? {}
      : {
          proposals: written.map(({ each }) =>
            Object.fromEntries(proposalFields.flatMap((field) => (each[field] === '' ? [] : [[field, each[field]]]))),
          ),
        }),
    ...(isUsual ? {} : { parts: chosen }),
    ...(spellsKinds ? { spellsKinds } : {}),
    ...(byClass === '' ? {} : { byClass }),
  };
  if (untitled.length > 0) return { ok: false, errors: untitled };
  const parsed = handout.safeParse(wanted);
  if (parsed.success) return { ok: true, handout: parsed.data };
  const labels = new Map(handoutLabels);
  const errors = errorsOf(parsed.error, wanted, handoutLabels.length).map((error) => {
    const [, place, field] = /^proposals\.(\d+)\.(\w+)$/u.exec(error.path) ?? [];
    const typedAt = place === undefined ? undefined : written[Number(place)]?.index;
    const path = typedAt === undefined ? error.path : `${field ?? ''}.${typedAt}`;
    return { ...error, path, message: `「${labels.get(path) ?? path}」：${error.message}` };
  });
  return { ok: false, errors };
}
