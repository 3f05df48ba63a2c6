/** What a tally accumulates per question. Every counter merges, so that tallies can be spread out and streamed. */

/** How often each number occurred: enough for sum, mean, median, minimum and maximum. */
export class Histogram {
  readonly #times = new Map<number, number>();
  base = 0;

  add(value: number, times = 1): void {
    this.#times.set(value, (this.#times.get(value) ?? 0) + times);
    this.base += times;
  }

  merge(other: Histogram): void {
    for (const [value, times] of other.#times) this.add(value, times);
  }

  #sorted(): [value: number, times: number][] {
    return [...this.#times].toSorted(([a], [b]) => a - b);
  }

  get text(): string {
    return JSON.stringify(this.#sorted());
  }

  /** Added up from the smallest, so that even what exceeds exact integers does not depend on the order of counting. */
  get sum(): number {
    return this.#sorted().reduce((sum, [value, times]) => sum + value * times, 0);
  }

  spread(): { min: number; max: number; median: number } | undefined {
    const sorted = this.#sorted();
    const at = (index: number): number => {
      let seen = 0;
      for (const [value, times] of sorted) {
        seen += times;
        if (index < seen) return value;
      }
      return 0;
    };
    const min = sorted[0]?.[0];
    const max = sorted.at(-1)?.[0];
    if (min === undefined || max === undefined) return undefined;
    const median = (at(Math.floor((this.base - 1) / 2)) + at(Math.floor(this.base / 2))) / 2;
    return { min, max, median };
  }
}

export class OptionCounts {
  readonly #units = new Map<string, string[]>();
  readonly #totals = new Map<string, number>();
  base = 0;

  choose(option: string, unit: string | undefined): void {
    this.#totals.set(option, (this.#totals.get(option) ?? 0) + 1);
    if (unit === undefined) return;
    const units = this.#units.get(option);
    if (units === undefined) this.#units.set(option, [unit]);
    else units.push(unit);
  }

  merge(other: OptionCounts): void {
    this.base += other.base;
    for (const [option, total] of other.#totals) this.#totals.set(option, (this.#totals.get(option) ?? 0) + total);
    for (const [option, units] of other.#units) this.#units.set(option, [...(this.#units.get(option) ?? []), ...units]);
  }

  get text(): string {
    return JSON.stringify([this.base, [...this.#totals].toSorted(([a], [b]) => (a < b ? -1 : 1))]);
  }

  total(option: string): number {
    return this.#totals.get(option) ?? 0;
  }

  /** In the order of their codes, whatever the order they were counted in. */
  units(option: string): string[] {
    return (this.#units.get(option) ?? []).toSorted();
  }
}
