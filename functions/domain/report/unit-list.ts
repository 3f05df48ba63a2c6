/** 参考資料2: what forms list, a row for each municipality, which says of what council it is. */

import { askedUnits } from '../../../schemas/asked-units.ts';
import { isOfMunicipalities, kindLabels, shortNameOf, unitNames } from '../../../schemas/directory.ts';
import type { Council, Directory } from '../../../schemas/directory.ts';
import type { Form } from '../../../schemas/form.ts';
import { extrasOf } from '../../../schemas/forms/catalogue.ts';
import type { Round } from '../../../schemas/round.ts';
import type { Audience } from '../summary.ts';
import type { ReportTable } from './document.ts';
import type { ReportFacts } from './facts.ts';
import { noFigure, notApplicableInReport } from './figures.ts';
import { printListed } from './listed.ts';
import type { ListedColumn, ListedValue } from './listed.ts';

/** Printed where the figures of the municipality, or of its council, stand in an earlier row. */
const mentionedBefore = '再掲';
/** Where no return is counted; in public nobody is told who is late. */
const notCounted: Readonly<Record<Audience, string>> = { internal: '未提出', public: noFigure };

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
  #without({ asked }: ListedForm, code: string): string {
    return asked.has(code) ? this.#notCounted : noFigure;
  }

  /** What a unit has answered to a form. */
  #cells(form: ListedForm, code: string): string[] {
    const values = form.listed.get(code);
    return form.columns.map((_, index) =>
      values === undefined ? this.#without(form, code) : printListed(values[index]),
    );
  }

  /** The own figures of a municipality stand once, and those of a council once: columns of numbers add up. */
  #once(forms: readonly ListedForm[], code: string): string[] {
    const isRepeated = this.#mentioned.has(code);
    if (forms.some(({ listed }) => listed.has(code))) this.#mentioned.add(code);
    return forms.flatMap((form) => (isRepeated ? form.columns.map(() => mentionedBefore) : this.#cells(form, code)));
  }

  councilRow(code: string, council: Council): string[] {
    const { id, members, ward } = council;
    const own = this.#names.get(code) ?? code;
    return [
      ward === undefined ? own : `${own}（${ward}）`,
      shortNameOf(council),
      members.length > 1 ? '共同' : '単独',
      ...this.#once(this.#ofCouncils, id),
      ...this.#once(this.#ofMunicipalities, code),
    ];
  }

  /** Where no form is answered by councils. */
  ownRow(code: string): string[] {
    return [this.#names.get(code) ?? code, ...this.#once(this.#ofMunicipalities, code)];
  }

  municipalityRow(code: string): string[] {
    return [
      this.#names.get(code) ?? code,
      notApplicableInReport,
      notApplicableInReport,
      ...this.#ofCouncils.flatMap(({ columns }) => columns.map(() => notApplicableInReport)),
      ...this.#once(this.#ofMunicipalities, code),
    ];
  }
}

function captionOf(forms: readonly Form[]): string {
  const ofForms = forms.flatMap((form) => extrasOf(form).wording?.listed ?? []);
  const joint = `共同設置の${unitNames.council}の内容は初めの${unitNames.municipality}の行に記載`;
  return `${unitNames.municipality}別一覧（${[...ofForms, joint].join('、')}）`;
}

/**
 * Whether the list has a row for each municipality that answers, and says nothing of councils: none answers, and no form
 * has words of its own for the rows of several.
 */
export function isByMunicipality(forms: readonly Form[]): boolean {
  return forms.every((form) => form.units !== 'council' && extrasOf(form).wording?.listed === undefined);
}

/** What a form lists that is answered by units of a kind of the directory: one table for each, one unit a row. */
export function otherUnitLists(
  directory: Directory,
  facts: ReportFacts,
  audience: Audience,
  round: Pick<Round, 'units'>,
): ReportTable[] {
  const labels = kindLabels(directory);
  return [...facts.byForm.values()].filter(isOther).flatMap(({ form, columns, listed }): ReportTable[] => {
    if (columns.length === 0) return [];
    const label = labels.get(form.units) ?? form.units;
    const rows = [...askedUnits(directory, round, form).values()].map(({ code, name }) => {
      const values = listed.get(code);
      return [name, ...columns.map((_, at) => (values === undefined ? notCounted[audience] : printListed(values[at])))];
    });
    return [{ kind: 'table', caption: `${label}別一覧`, columns: [{ label }, ...columns], rows, isDense: true }];
  });
}

function isOther({ form }: { readonly form: Form }): boolean {
  return !isOfMunicipalities(form.units) && form.units !== 'council';
}

/**
 * Municipalities in the directory's order, each with its councils; where the round names whom it asks, those that it asks.
 * `undefined` where no form lists anything.
 */
export function unitList(
  directory: Directory,
  facts: ReportFacts,
  audience: Audience,
  round: Pick<Round, 'units'>,
): ReportTable | undefined {
  const listed = [...facts.byForm.values()]
    .filter((each) => each.columns.length > 0 && !isOther(each))
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
    const isAsked = (codes: readonly string[]): boolean =>
      round.units === undefined || codes.some((code) => listed.some(({ asked }) => asked.has(code)));
    for (const { code } of directory.municipalities) {
      const councils = (councilsOf.get(code) ?? []).filter(({ id }) => isAsked([id, code]));
      if (councils.length === 0 && isAsked([code])) yield list.municipalityRow(code);
      for (const council of councils) yield list.councilRow(code, council);
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
