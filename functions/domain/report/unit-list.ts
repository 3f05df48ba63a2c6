/** 参考資料2: what forms list, by municipality; a unit of several municipalities in one row with its members. */

import { askedUnits } from '../../../schemas/asked-units.ts';
import { unitNames } from '../../../schemas/directory.ts';
import type { Council, Directory } from '../../../schemas/directory.ts';
import type { Form } from '../../../schemas/form.ts';
import { extrasOf } from '../../../schemas/forms/catalogue.ts';
import type { Round } from '../../../schemas/round.ts';
import { printCount } from '../../../schemas/values/count.ts';
import { notAnswered } from '../print-answer.ts';
import type { Audience } from '../summary.ts';
import type { ReportTable } from './document.ts';
import type { ReportFacts } from './facts.ts';
import { noFigure, notApplicableInReport } from './figures.ts';
import { printListed } from './listed.ts';
import type { ListedColumn, ListedValue } from './listed.ts';

/** Printed where a municipality's own figures stand in an earlier row. */
const mentionedBefore = '再掲';
/** Where no return is counted; in public nobody is told who is late. */
const notCounted: Readonly<Record<Audience, string>> = { internal: '未提出', public: noFigure };

/** `（3/8市町村分）` behind what does not hold for every member. */
function partOf(counted: number, members: number): string {
  return counted === members ? '' : `（${printCount(counted)}/${printCount(members)}${unitNames.municipality}分）`;
}

function sumOf(values: readonly ListedValue[], members: number): string {
  const answered = values.filter((value) => typeof value === 'number');
  if (answered.length === 0) return notAnswered;
  return `${printCount(answered.reduce((sum, value) => sum + value, 0))}${partOf(answered.length, members)}`;
}

/** One word where all say the same, else each with how many: `整備済3・検討中1`. */
function wordsOf(values: readonly ListedValue[], members: number): string {
  const words = [...Map.groupBy(values.map(printListed), (word) => word)];
  const text =
    words.length === 1 ? (words[0]?.[0] ?? '') : words.map(([word, all]) => `${word}${all.length}`).join('・');
  return `${text}${partOf(values.length, members)}`;
}

interface ListedForm {
  readonly columns: readonly ListedColumn[];
  readonly listed: ReadonlyMap<string, readonly ListedValue[]>;
  /** By code, the units that the round asks. */
  readonly asked: ReadonlyMap<string, unknown>;
}

class UnitList {
  readonly #names: ReadonlyMap<string, string>;
  readonly #ofCouncils: readonly ListedForm[];
  readonly #ofMunicipalities: readonly ListedForm[];
  readonly #mentioned = new Set<string>();
  readonly #notCounted: string;

  constructor(
    directory: Directory,
    forms: readonly [readonly ListedForm[], readonly ListedForm[]],
    audience: Audience,
  ) {
    this.#notCounted = notCounted[audience];
    this.#names = new Map(directory.municipalities.map(({ code, name }) => [code, name]));
    [this.#ofCouncils, this.#ofMunicipalities] = forms;
  }

  /** Who is asked has not answered yet; who is not has nothing to answer. */
  #without({ asked }: ListedForm, codes: readonly string[]): string {
    return codes.some((code) => asked.has(code)) ? this.#notCounted : noFigure;
  }

  #municipal(codes: readonly string[]): string[] {
    const fresh = codes.filter((code) => !this.#mentioned.has(code));
    if (fresh.length === 0) return this.#ofMunicipalities.flatMap(({ columns }) => columns.map(() => mentionedBefore));
    const counted = fresh.filter((code) => this.#ofMunicipalities.some(({ listed }) => listed.has(code)));
    for (const code of counted) this.#mentioned.add(code);
    return this.#ofMunicipalities.flatMap((form) => {
      const { columns, listed } = form;
      const rows = counted.flatMap((code) => [listed.get(code) ?? []].filter(() => listed.has(code)));
      if (rows.length === 0) return columns.map(() => this.#without(form, fresh));
      return columns.map(({ isNumber }, index) => {
        const values = rows.map((row) => row[index]);
        return isNumber === true ? sumOf(values, codes.length) : wordsOf(values, codes.length);
      });
    });
  }

  councilRow({ id, name, members, ward }: Council): string[] {
    const names = members.map((code) => this.#names.get(code) ?? code).join('、');
    return [
      ward === undefined ? names : `${names}（${ward}）`,
      name,
      members.length > 1 ? '共同' : '単独',
      ...this.#ofCouncils.flatMap((form) => {
        const values = form.listed.get(id);
        return form.columns.map((_, index) =>
          values === undefined ? this.#without(form, [id]) : printListed(values[index]),
        );
      }),
      ...this.#municipal(members),
    ];
  }

  /** Where no form is answered by councils. */
  ownRow(code: string): string[] {
    return [this.#names.get(code) ?? code, ...this.#municipal([code])];
  }

  municipalityRow(code: string): string[] {
    return [
      this.#names.get(code) ?? code,
      notApplicableInReport,
      notApplicableInReport,
      ...this.#ofCouncils.flatMap(({ columns }) => columns.map(() => notApplicableInReport)),
      ...this.#municipal([code]),
    ];
  }
}

function captionOf(forms: readonly Form[]): string {
  const ofForms = forms.flatMap((form) => extrasOf(form).wording?.listed ?? []);
  const joint = `共同設置の${unitNames.council}は構成${unitNames.municipality}の計。一部の${unitNames.municipality}の計であるときはその${unitNames.municipality}数を付記`;
  return `${unitNames.municipality}別一覧（${[...ofForms, joint].join('、')}）`;
}

/**
 * Whether the list has a row for each municipality that answers, and says nothing of councils: none answers, and no form
 * has words of its own for the rows of several.
 */
export function isByMunicipality(forms: readonly Form[]): boolean {
  return forms.every((form) => form.units !== 'council' && extrasOf(form).wording?.listed === undefined);
}

/**
 * Councils in the place of their first member, municipalities without one for themselves; where the round names whom it asks,
 * those that it asks. `undefined` where no form lists anything.
 */
export function unitList(
  directory: Directory,
  facts: ReportFacts,
  audience: Audience,
  round: Pick<Round, 'units'>,
): ReportTable | undefined {
  const listed = [...facts.byForm.values()]
    .filter(({ columns }) => columns.length > 0)
    .map(({ form, columns, listed: values }) => ({
      form,
      columns,
      listed: values,
      asked: askedUnits(directory, round, form),
    }));
  if (listed.length === 0) return undefined;
  const ofCouncils = listed.filter(({ form }) => form.units === 'council');
  const ofMunicipalities = listed.filter(({ form }) => form.units !== 'council');
  const forms = listed.map(({ form }) => form);
  if (isByMunicipality(forms)) {
    const list = new UnitList(directory, [[], listed], audience);
    const asked = new Set(listed.flatMap((each) => [...each.asked.keys()]));
    return {
      kind: 'table',
      caption: `${unitNames.municipality}別一覧`,
      columns: [{ label: unitNames.municipality }, ...listed.flatMap(({ columns }) => columns)],
      rows: directory.municipalities.filter(({ code }) => asked.has(code)).map(({ code }) => list.ownRow(code)),
      isDense: true,
    };
  }
  const councilsOf = new Map<string, Council[]>();
  for (const council of directory.councils)
    for (const code of council.members) councilsOf.set(code, [...(councilsOf.get(code) ?? []), council]);
  function* read(): Generator<string[]> {
    const list = new UnitList(directory, [ofCouncils, ofMunicipalities], audience);
    const shown = new Set<string>();
    const isAsked = (codes: readonly string[]): boolean =>
      round.units === undefined || codes.some((code) => listed.some(({ asked }) => asked.has(code)));
    for (const { code } of directory.municipalities) {
      const councils = councilsOf.get(code);
      if (councils === undefined && isAsked([code])) yield list.municipalityRow(code);
      for (const council of councils ?? []) {
        if (shown.has(council.id) || !isAsked([council.id, ...council.members])) continue;
        shown.add(council.id);
        yield list.councilRow(council);
      }
    }
  }
  return {
    kind: 'table',
    caption: captionOf(forms),
    columns: [
      { label: unitNames.municipality },
      { label: unitNames.council },
      { label: '設置形態' },
      ...[...ofCouncils, ...ofMunicipalities].flatMap(({ columns }) => columns),
    ],
    rows: { [Symbol.iterator]: read },
    isDense: true,
  };
}
