/** Measuring by turns: what is compared runs alternately, so that a busy moment of the machine hits all alike. */

export type Contenders<Name extends string> = Readonly<Record<Name, () => unknown>>;

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

function namesOf<Name extends string>(contenders: Contenders<Name>): Name[] {
  const names: Name[] = [];
  for (const name in contenders) names.push(name);
  return names;
}

function milliseconds(action: () => unknown, times: number): number {
  const start = performance.now();
  for (let time = 0; time < times; time += 1) action();
  return (performance.now() - start) / times;
}

/** Calls that take about five milliseconds together, so that the clock's resolution does not matter. */
function callsPerTurn(action: () => unknown): number {
  // Warmed up first: the optimising compiler must have seen it.
  milliseconds(action, 300);
  return Math.max(1, Math.ceil(5 / Math.max(milliseconds(action, 50), 0.000_1)));
}

/** The median milliseconds of one call of each, over this many turns. */
export function byTurns<Name extends string>(turns: number, contenders: Contenders<Name>): Map<Name, number> {
  const names = namesOf(contenders);
  const calls = new Map(names.map((name) => [name, callsPerTurn(contenders[name])]));
  const samples = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let turn = 0; turn < turns; turn += 1) {
    for (const name of names) {
      samples.get(name)?.push(milliseconds(contenders[name], calls.get(name) ?? 1));
    }
  }
  return new Map(names.map((name) => [name, median(samples.get(name) ?? [])]));
}

/** The milliseconds until something asynchronous is done. */
export async function duration(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

/** How many times the one is the other. */
export function ratio<Name extends string>(times: ReadonlyMap<Name, number>, of: Name, to: Name): number {
  return (times.get(of) ?? Number.NaN) / (times.get(to) ?? Number.NaN);
}
