/** Time that passes only when everybody waits: a minute of many waiting callers takes as long as their work. */

interface Waiting {
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
}

export class VirtualClock {
  now = 0;
  #count = 0;
  /** A binary heap, the next to be woken first. */
  readonly #heap: Waiting[] = [];

  wait(milliseconds: number): Promise<void> {
    return new Promise((wake) => {
      this.#push({ at: this.now + milliseconds, order: this.#count++, wake });
    });
  }

  /** Lets time pass until `finished` is settled. */
  async run<T>(finished: Promise<T>): Promise<T> {
    const run = { isOver: false };
    const end = finished.finally(() => {
      run.isOver = true;
    });
    while (!run.isOver) {
      // Everybody who was woken goes on until they wait again.
      await new Promise(setImmediate);
      const next = this.#pop();
      if (next === undefined) continue;
      this.now = next.at;
      next.wake();
    }
    return end;
  }

  #before(a: number, b: number): boolean {
    const [first, second] = [this.#heap[a], this.#heap[b]];
    if (first === undefined || second === undefined) return false;
    return first.at < second.at || (first.at === second.at && first.order < second.order);
  }

  #swap(a: number, b: number): void {
    const [first, second] = [this.#heap[a], this.#heap[b]];
    if (first === undefined || second === undefined) return;
    this.#heap[a] = second;
    this.#heap[b] = first;
  }

  #push(waiting: Waiting): void {
    let index = this.#heap.push(waiting) - 1;
    while (index > 0) {
      const parent = Math.floor((index - 1) / 2);
      if (!this.#before(index, parent)) return;
      this.#swap(index, parent);
      index = parent;
    }
  }

  #pop(): Waiting | undefined {
    const [first] = this.#heap;
    this.#swap(0, this.#heap.length - 1);
    this.#heap.pop();
    let index = 0;
    for (;;) {
      const [left, right] = [2 * index + 1, 2 * index + 2];
      let least = index;
      if (this.#before(left, least)) least = left;
      if (this.#before(right, least)) least = right;
      if (least === index) return first;
      this.#swap(index, least);
      index = least;
    }
  }
}
