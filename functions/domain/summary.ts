/** The rows of the summary: what a tally counted, as figures with their names, denominators and printed form. */

import { totalName } from '../../schemas/kinds/kind.ts';
import type { Figures } from '../../schemas/kinds/kind.ts';
import { isOfMunicipalities, municipalityKinds, unitNameOf } from '../../schemas/directory.ts';
import type { Directory, UnitKind } from '../../schemas/directory.ts';
import type { AsOf, QuestionName, Summary, SummaryRow } from '../../schemas/export.ts';
import type { FormMeasure, TotalMeasure } from '../../schemas/measure.ts';
import type { Form, Item } from '../../schemas/form.ts';
import { labelAlone } from '../../schemas/kinds/question.ts';
import type { Options, Visibility } from '../../schemas/kinds/question.ts';
import type { Round } from '../../schemas/round.ts';
import { printMean } from '../../schemas/values/count.ts';
import { isAddedUp } from './added-up.ts';
import { numberOf } from './codebook.ts';
import { isAmong, isTooFew, tellsMedian } from './few-answers.ts';
import { withheldOption } from './public-answers.ts';
import type { Tally } from './tally.ts';
import type { Histogram } from './tally-counters.ts';

export type Audience = 'internal' | 'public';

export interface SummaryContext {
  readonly round: Round;
  readonly directory: Directory;
  readonly audience: Audience;
  /** Public totals say which kinds of municipality are among them, since the prefecture wants it. */
  readonly spellsKinds?: boolean;
  /** Σ questions that stay as an edition has printed them. */
  readonly held?: readonly HeldFigures[];
}

export interface HeldFigures extends QuestionName {
  readonly rows: readonly SummaryRow[];
}

export const entriesUnit = '件';
/** Public figures of Σ questions do not tell which kinds are among them: with one village, 村 would name it. */
const anyKind = '市町村';

/** The kinds of the municipalities, spelt as the sources do: 市町村, 市町, 市 …, in the order 区市町村. */
export function spellKinds(codes: readonly string[], directory: Directory): string {
  const counted = new Set(codes);
  const kinds = new Set(directory.municipalities.filter(({ code }) => counted.has(code)).map(({ kind }) => kind));
  return Object.entries(municipalityKinds)
    .filter(([kind]) => [...kinds].some((each) => each === kind))
    .map(([, label]) => label)
    .join('');
}

/** Whether a figure may be seen: 🔒 is internal, Σ and open figures are public too. */
function isShown(visibility: Visibility, audience: Audience): boolean {
  return audience === 'internal' || visibility !== 'internal';
}

/** The counts of a table. */
function cellsBelow({ children }: Item): Item[] {
  return children.flatMap((child) => (child.children.length === 0 ? [child] : cellsBelow(child)));
}

type Named = Pick<SummaryRow, 'question' | 'number' | 'label'>;

function nameOf(form: Form, item: Item): Named {
  const { within, label } = item.definition;
  const number = numberOf(form, item);
  const name = { question: item.id, label: labelAlone({ within, label }) };
  return number === '' ? name : { ...name, number };
}

class RowWriter {
  readonly rows: SummaryRow[] = [];
  readonly tooFew: QuestionName[] = [];
  readonly #tally: Tally;
  readonly #context: SummaryContext;
  /** Options that public figures never count, by their question: a 0 there would say that nobody chose them. */
  readonly #withheld = new Map<string, readonly string[]>();

  constructor(tally: Tally, context: SummaryContext) {
    this.#tally = tally;
    this.#context = context;
    if (context.audience === 'internal') return;
    for (const item of tally.form.items.values()) {
      const withheld = withheldOption(item);
      if (withheld !== undefined)
        this.#withheld.set(
          withheld.question,
          withheld.options.map(({ option }) => option),
        );
    }
  }

  write(): TalliedFigures {
    for (const { measure, visibility } of this.#tally.form.measures) this.#measure(measure, visibility);
    for (const section of this.#tally.form.sections) this.#item(section, false);
    return { rows: this.rows, tooFew: this.tooFew };
  }

  #item(item: Item, insideList: boolean): void {
    const { kind, id, visibility } = item;
    if (!isShown(visibility, this.#context.audience)) return;
    if (kind.nesting === 'fields') {
      for (const child of item.children) this.#item(child, insideList);
      this.#totals(item, insideList);
      return;
    }
    if (this.#isTooFew(id, visibility)) {
      // What is inside a list of one unit alone is that unit's too.
      if (kind.nesting === 'entries') for (const child of item.children) this.#item(child, true);
      return;
    }
    const { figures } = kind;
    const named = nameOf(this.#tally.form, item);
    if (figures?.of === 'options') {
      const { options, totalLabel, ranked } = figures;
      const tallied = ranked === undefined ? options : { ...options, ...ranked.options };
      const rows = this.#optionRows(named, tallied, visibility, insideList);
      this.rows.push(
        ...rows,
        ...(totalLabel === undefined ? [] : [this.#anyRow(named, options, totalLabel, visibility)]),
      );
    }
    if (figures?.of === 'numbers') {
      const addsUp = isAddedUp(this.#tally.form, item);
      this.#numberRows(named, { ...figures, addsUp }, { visibility, insideList });
    }
    if (figures?.of === 'entries') {
      const { base, sum } = this.#tally.numbers(id);
      this.#push({ ...named, measure: 'count', value: sum, base, unit: entriesUnit });
      for (const child of item.children) this.#item(child, true);
    }
  }

  /** Where a count is left out, so is what would tell it: the totals of its table. */
  #totals(item: Item, insideList: boolean): void {
    const { id, kind, visibility } = item;
    const { totals = [], unit = '' } = kind;
    const isTelling = (name: string): boolean =>
      isTooFew(this.#context.audience, visibility, this.#tally.unitsBehind(name));
    if (totals.length === 0 || cellsBelow(item).some((cell) => isTelling(cell.id))) return;
    const named = nameOf(this.#tally.form, item);
    for (const total of totals)
      this.#numberRows(
        { ...named, question: totalName(id, total), label: total.label },
        { unit, places: 0, addsUp: true },
        { visibility, insideList },
      );
  }

  #isTooFew(question: string, visibility: Visibility): boolean {
    const { form } = this.#tally;
    const tooFew = isTooFew(this.#context.audience, visibility, this.#tally.unitsBehind(question));
    if (tooFew) this.tooFew.push({ form: form.id, question });
    return tooFew;
  }

  #push(row: Omit<SummaryRow, 'form'>): void {
    this.rows.push({ form: this.#tally.form.id, ...row });
  }

  #optionRows(named: Named, options: Options, visibility: Visibility, insideList: boolean): SummaryRow[] {
    const counts = this.#tally.options(named.question);
    const withheld = this.#withheld.get(named.question) ?? [];
    const counted = Object.entries(options).filter(([option]) => !withheld.includes(option));
    return counted.map(([option, optionLabel]) => ({
      form: this.#tally.form.id,
      ...named,
      option,
      optionLabel,
      measure: 'count',
      value: counts.total(option),
      base: counts.base,
      ...(insideList
        ? { unit: entriesUnit }
        : { unit: unitNameOf(this.#tally.form.units), ...this.#who(counts.units(option), visibility) }),
    }));
  }

  #anyRow(named: Named, options: Options, optionLabel: string, visibility: Visibility): SummaryRow {
    const counts = this.#tally.options(named.question);
    const units = Object.keys(options)
      .flatMap((option) => counts.units(option))
      .toSorted();
    return {
      form: this.#tally.form.id,
      ...named,
      option: 'any',
      optionLabel,
      measure: 'count',
      value: units.length,
      base: counts.base,
      unit: unitNameOf(this.#tally.form.units),
      ...this.#who(units, visibility),
    };
  }

  /** Who is behind a number: the kinds as the sources spell them, and the codes in internal files. */
  #who(units: string[], visibility: Visibility): Pick<SummaryRow, 'kinds' | 'units'> {
    const { audience, directory, spellsKinds = false } = this.#context;
    if (!isOfMunicipalities(this.#tally.form.units)) return audience === 'internal' ? { units } : {};
    const hidden = audience === 'public' && visibility !== 'open' && !spellsKinds;
    const kinds = hidden ? anyKind : spellKinds(units, directory);
    return audience === 'internal' ? { kinds, units } : { kinds };
  }

  #numberRows(
    named: Named,
    { unit, places, addsUp }: Pick<Extract<Figures, { readonly of: 'numbers' }>, 'unit' | 'places' | 'addsUp'>,
    { visibility, insideList }: { readonly visibility: Visibility; readonly insideList: boolean },
  ): void {
    const numbers = this.#tally.numbers(named.question);
    const { base, sum } = numbers;
    const spread = numbers.spread();
    const scale = 10 ** places;
    const scaled = (value: number | undefined): number | null => (value === undefined ? null : value / scale);
    const row = { ...named, base, unit };
    if (addsUp) this.#push({ ...row, measure: 'sum', value: sum / scale });
    this.#push({ ...row, measure: 'mean', ...mean(sum, base, places) });
    const isTotalOnly = this.#context.audience === 'public' && visibility === 'tally';
    if (!isTotalOnly || tellsMedian(base, insideList))
      this.#push({ ...row, measure: 'median', value: scaled(spread?.median) });
    if (isTotalOnly) return;
    this.#push({ ...row, measure: 'min', value: scaled(spread?.min) });
    this.#push({ ...row, measure: 'max', value: scaled(spread?.max) });
  }

  #measure(measure: FormMeasure['measure'], visibility: Visibility): void {
    if (!isShown(visibility, this.#context.audience)) return;
    const { id, label } = measure;
    if (this.#isTooFew(id, visibility)) return;
    if (measure.kind === 'class') {
      this.rows.push(...this.#optionRows({ question: id, label }, measure.options, visibility, false));
      return;
    }
    this.#total(measure, this.#tally.numbers(id));
  }

  #total({ id, label, unit = unitNameOf(this.#tally.form.units), ...measure }: TotalMeasure, numbers: Histogram): void {
    const { sum } = numbers;
    const row = { question: id, label, unit };
    this.#push({ ...row, measure: measure.measure, value: sum, base: this.#tally.returns });
    for (const per of measure.per ?? []) {
      const base = per === 'municipality' ? this.#tally.municipalities.size : this.#tally.returns;
      this.#push({
        ...row,
        measure: per === 'municipality' ? 'perMunicipality' : 'perCouncil',
        base,
        ...mean(sum, base),
      });
    }
  }
}

function mean(sum: number, base: number, places = 0): Pick<SummaryRow, 'value' | 'shown'> {
  return base === 0 ? { value: null } : { value: sum / base / 10 ** places, shown: printMean(sum, base, places) };
}

export interface TalliedFigures {
  readonly rows: SummaryRow[];
  readonly tooFew: readonly QuestionName[];
}

function orderOf({ measures, items }: Form): string[] {
  const totals = [...items.values()].flatMap(({ id, kind }) =>
    (kind.totals ?? []).map((total) => totalName(id, total)),
  );
  return [...new Set([...measures.map(({ measure }) => measure.id), ...items.keys(), ...totals])];
}

export function questionsOfTotals({ measures, items }: Form): string[] {
  return [
    ...measures.flatMap(({ measure, visibility }) => (visibility === 'tally' ? [measure.id] : [])),
    ...new Set(
      [...items.values()].flatMap(({ id, kind, visibility }) =>
        visibility === 'tally' ? [id, ...(kind.totals ?? []).map((total) => totalName(id, total))] : [],
      ),
    ),
  ];
}

/** The totals of tables of which a count is not printed anew. */
function totalsOver({ items }: Form, names: readonly QuestionName[]): ReadonlySet<string> {
  const apart = new Set(names.map(({ question }) => question));
  return new Set(
    [...items.values()].flatMap((item) =>
      cellsBelow(item).some(({ id }) => apart.has(id))
        ? (item.kind.totals ?? []).map((total) => totalName(item.id, total))
        : [],
    ),
  );
}

export function talliedFigures(tally: Tally, context: SummaryContext): TalliedFigures {
  const { rows, tooFew } = new RowWriter(tally, context).write();
  const held = (context.held ?? []).filter(({ form }) => form === tally.form.id);
  if (held.length === 0) return { rows, tooFew };
  const isHeld = isAmong(held);
  const partly = totalsOver(tally.form, held);
  const places = new Map(orderOf(tally.form).map((question, place) => [question, place]));
  const placeOf = ({ question }: SummaryRow): number => places.get(question) ?? places.size;
  return {
    rows: [
      ...rows.filter((row) => !isHeld(row) && !partly.has(row.question)),
      ...held.flatMap(({ rows }) => rows),
    ].toSorted((a, b) => placeOf(a) - placeOf(b)),
    tooFew: tooFew.filter((name) => !isHeld(name)),
  };
}

/** The figures with Σ questions as an edition has printed them all, and without those that it has left out. */
export function figuresAsPrinted(
  tally: Tally,
  context: SummaryContext,
  printed: readonly SummaryRow[],
): TalliedFigures {
  const totals = questionsOfTotals(tally.form).map((question): QuestionName => ({ form: tally.form.id, question }));
  const held = totals.map((name): HeldFigures => ({ ...name, rows: printed.filter(isAmong([name])) }));
  const notPrinted = held.filter(({ rows }) => rows.length === 0);
  const { rows, tooFew } = talliedFigures(tally, { ...context, held });
  return { rows, tooFew: [...tooFew, ...notPrinted] };
}

/** Public figures of Σ questions say what they were printed from, so that a later edition can tell who differs. */
export function printedFrom(asOf: AsOf, form: Form, rows: readonly SummaryRow[]): SummaryRow[] {
  const totals = new Set(questionsOfTotals(form));
  return rows.map((row) => (totals.has(row.question) ? { ...row, asOf: row.asOf ?? asOf } : row));
}

export function figuresLeftOut(tallies: readonly Tally[], context: SummaryContext): readonly QuestionName[] {
  return tallies.flatMap((tally) => talliedFigures(tally, context).tooFew);
}

export function summarise(tallies: readonly Tally[], asOf: AsOf, context: SummaryContext): Summary {
  const ofMunicipalities = tallies.filter(({ form }) => isOfMunicipalities(form.units));
  const municipalities = new Set(ofMunicipalities.flatMap((tally) => [...tally.municipalities]));
  const counted = (kind: UnitKind): number =>
    tallies.filter(({ form }) => form.units === kind).reduce((sum, { returns }) => sum + returns, 0);
  const others = (context.directory.kinds ?? []).filter(({ id }) => tallies.some(({ form }) => form.units === id));
  return {
    round: context.round.id,
    asOf,
    municipalities: municipalities.size,
    councils: counted('council'),
    ...(others.length === 0 ? {} : { units: Object.fromEntries(others.map(({ id }) => [id, counted(id)])) }),
    rows: tallies.flatMap((tally) => {
      const { rows } = talliedFigures(tally, context);
      return context.audience === 'public' ? printedFrom(asOf, tally.form, rows) : rows;
    }),
  };
}
