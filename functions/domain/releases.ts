/**
 * What a later edition, or a table by class, may print of figures that tell totals only (Σ). Whoever adds and subtracts what
 * is printed learns sums over fewer answers; figures are printed only where none of these sums is over one or two units, or
 * the prefecture has released it for them.
 */

/** What each unit adds to a figure, by unit; of two equal texts neither can be told from the other. */
export type Added = ReadonlyMap<string, string>;

/** An answer of a unit as it was once, or those of several units that every figure counts alike. */
interface Column {
  readonly units: readonly string[];
  /** The places of the figures that count it. */
  readonly figures: ReadonlySet<number>;
}

/** Sums over as many units tell nothing of one of them. */
const fewestTogether = 3;

/**
 * Combinations are looked for modulo primes. The large one stands for the rational numbers; the small ones find what is told
 * since answers are whole numbers: with x + 2y comes whether x is odd.
 */
const primes = [2, 3, 67_108_859] as const;

function columnsOf(figures: readonly Added[]): Column[] {
  const answers = new Map<string, { readonly unit: string; readonly figures: number[] }>();
  for (const [place, figure] of figures.entries())
    for (const [unit, text] of figure) {
      const name = `${unit} ${text}`;
      const known = answers.get(name);
      if (known === undefined) answers.set(name, { unit, figures: [place] });
      else known.figures.push(place);
    }
  return [...Map.groupBy(answers.values(), ({ figures }) => figures.join()).values()].map((alike) => ({
    units: [...new Set(alike.map(({ unit }) => unit))],
    figures: new Set(alike[0]?.figures),
  }));
}

type Row = readonly number[];

interface Echelon {
  readonly rows: readonly Row[];
  /** The column of each row where it has a 1 and every other row nothing. */
  readonly pivots: readonly number[];
}

function inverse(value: number, prime: number): number {
  let [a, b, x, y] = [value, prime, 1, 0];
  while (b !== 0) [a, b, x, y] = [b, a % b, y, x - Math.floor(a / b) * y];
  return (x + prime) % prime;
}

function echelonOf(matrix: readonly Row[], prime: number): Echelon {
  const rows = matrix.map((row) => [...row]);
  const pivots: number[] = [];
  for (let at = 0; at < (matrix[0]?.length ?? 0) && pivots.length < rows.length; at += 1) {
    const found = rows.findIndex((row, index) => index >= pivots.length && row[at] !== 0);
    if (found === -1) continue;
    const [row = []] = rows.splice(found, 1);
    const scale = inverse(row[at] ?? 1, prime);
    const pivot = row.map((value) => (value * scale) % prime);
    rows.splice(pivots.length, 0, pivot);
    for (const [index, other] of rows.entries()) {
      const times = prime - (other[at] ?? 0);
      if (index === pivots.length || times === prime) continue;
      rows[index] = other.map((value, place) => (value + times * (pivot[place] ?? 0)) % prime);
    }
    pivots.push(at);
  }
  return { rows: rows.slice(0, pivots.length), pivots };
}

/**
 * For each column its part in whatever changes of answers no figure shows. Figures tell a combination of answers where all
 * these changes leave it as it is.
 */
function silentChanges(places: readonly number[], columns: readonly Column[], prime: number): Row[] {
  const matrix = places.map((place) => columns.map(({ figures }) => (figures.has(place) ? 1 : 0)));
  const { rows, pivots } = echelonOf([...new Map(matrix.map((row) => [row.join(''), row])).values()], prime);
  const free = columns.map((_, at) => at).filter((at) => !pivots.includes(at));
  const ofPivots = new Map(pivots.map((at, index) => [at, rows[index] ?? []]));
  return columns.map((_, at) => {
    const row = ofPivots.get(at);
    return free.map((other) => (row === undefined ? Number(other === at) : (prime - (row[other] ?? 0)) % prime));
  });
}

/** So long a mixture of a long row that rows which follow from each other nearly never look independent by it alone. */
const mixedLength = 24;

/** Short rows: where these do not follow from each other the long ones do not either. Numbers without a pattern mix them. */
function mixed(rows: readonly Row[], prime: number): readonly Row[] {
  const length = rows[0]?.length ?? 0;
  if (length <= mixedLength) return rows;
  let state = 1;
  const next = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % prime;
  };
  const weights = Array.from({ length }, () => Array.from({ length: mixedLength }, next));
  return rows.map((row) => {
    const short = Array.from({ length: mixedLength }, () => 0);
    for (const [at, value] of row.entries()) {
      if (value === 0) continue;
      for (const [place, weight] of (weights[at] ?? []).entries())
        short[place] = ((short[place] ?? 0) + value * weight) % prime;
    }
    return short;
  });
}

/** How many sums over the answers of one or two units follow from figures; of two units, those that are none of one of them. */
class SumsOfFew {
  readonly #columns: readonly Column[];
  readonly #byUnit: ReadonlyMap<string, readonly number[]>;
  readonly #silent: readonly Row[];
  readonly #mixed: readonly Row[];
  readonly #prime: number;
  readonly #known = new Map<string, number>();

  constructor(
    places: readonly number[],
    columns: readonly Column[],
    byUnit: ReadonlyMap<string, readonly number[]>,
    prime: number,
  ) {
    this.#columns = columns;
    this.#byUnit = byUnit;
    this.#silent = silentChanges(places, columns, prime);
    this.#mixed = mixed(this.#silent, prime);
    this.#prime = prime;
  }

  #over(units: readonly string[]): number {
    const among = [...new Set(units.flatMap((unit) => this.#byUnit.get(unit) ?? []))].filter((at) =>
      this.#columns[at]?.units.every((unit) => units.includes(unit)),
    );
    const rest = (rows: readonly Row[]): number =>
      among.length -
      echelonOf(
        among.map((at) => rows[at] ?? []),
        this.#prime,
      ).pivots.length;
    return rest(this.#mixed) === 0 ? 0 : rest(this.#silent);
  }

  #alone(unit: string): number {
    const sums = this.#known.get(unit) ?? this.#over([unit]);
    this.#known.set(unit, sums);
    return sums;
  }

  told(units: readonly string[]): number {
    const [unit = '', other] = units;
    return other === undefined ? this.#alone(unit) : this.#over(units) - this.#alone(unit) - this.#alone(other);
  }
}

/**
 * The units, one or two together, of whose answers alone some figures add up to a sum when they are printed beside those that
 * are known.
 *
 * @param known all that was ever printed of the question, each figure with what the units added to it then
 */
export function toldBy(known: readonly Added[], printed: readonly Added[]): (readonly string[])[] {
  const all = [...known, ...printed];
  const columns = columnsOf(all);
  const byUnit = new Map<string, number[]>();
  for (const [at, { units }] of columns.entries())
    if (units.length < fewestTogether) for (const unit of units) byUnit.set(unit, [...(byUnit.get(unit) ?? []), at]);
  if (byUnit.size === 0) return [];
  const places = [...all.keys()];
  const sums = primes.map((prime) => ({
    before: new SumsOfFew(places.slice(0, known.length), columns, byUnit, prime),
    after: new SumsOfFew(places, columns, byUnit, prime),
  }));
  const units = [...byUnit.keys()].toSorted();
  const pairs = units.flatMap((unit, index) => units.slice(index + 1).map((other) => [unit, other]));
  return [...units.map((unit) => [unit]), ...pairs].filter((each) =>
    sums.some(({ before, after }) => after.told(each) > before.told(each)),
  );
}

/** Those of the sums that tell somebody whom the prefecture has not released. */
export function notReleased(
  told: readonly (readonly string[])[],
  released: ReadonlySet<string>,
): (readonly string[])[] {
  return told.filter((units) => !units.every((unit) => released.has(unit)));
}

/** A table by class has a cell for each value; none of them may be of one or two units, nor tell of them with all the others. */
export function mayPrintByClass(
  known: readonly Added[],
  cells: readonly Added[],
  released: ReadonlySet<string>,
): boolean {
  return (
    cells.length > 0 &&
    cells.every(({ size }) => size >= fewestTogether) &&
    notReleased(toldBy(known, cells), released).length === 0
  );
}
