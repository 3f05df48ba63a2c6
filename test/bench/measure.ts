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

/** Of CPU, so that what else the machine does counts little. */
function milliseconds(action: () => unknown, times: number): number {
  const start = process.cpuUsage();
  for (let time = 0; time < times; time += 1) action();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000 / times;
}

/** Calls that take about two milliseconds together, so that the clock's resolution does not matter. */
function callsPerTurn(action: () => unknown): number {
  // Warmed up first: the optimising compiler must have seen it.
  milliseconds(action, 1000);
  return Math.max(1, Math.ceil(2 / Math.max(milliseconds(action, 200), 0.000_1)));
}

/** The milliseconds of one call of each, by turns. */
export function byTurns<Name extends string>(turns: number, contenders: Contenders<Name>): Map<Name, number[]> {
  const names = namesOf(contenders);
  const calls = new Map(names.map((name) => [name, callsPerTurn(contenders[name])]));
  const samples = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let turn = 0; turn < turns; turn += 1) {
    for (const name of names) {
      samples.get(name)?.push(milliseconds(contenders[name], calls.get(name) ?? 1));
    }
  }
  return samples;
}

/** The milliseconds until something asynchronous is done, and those of CPU of all threads of this process. */
export async function taken(action: () => Promise<unknown>): Promise<{ readonly time: number; readonly cpu: number }> {
  const [start, cpuStart] = [performance.now(), process.cpuUsage()];
  await action();
  const { user, system } = process.cpuUsage(cpuStart);
  return { time: performance.now() - start, cpu: (user + system) / 1000 };
}

/** How many times the one is the other: the median over the turns, each compared with what ran just beside it. */
export function ratio<Name extends string>(samples: ReadonlyMap<Name, readonly number[]>, of: Name, to: Name): number {
  const others = samples.get(to) ?? [];
  return median((samples.get(of) ?? []).map((each, turn) => each / (others[turn] ?? Number.NaN)));
}
