/** Reading ahead: the next batch is on its way while this one is being worked on. */

async function take<T>(iterator: AsyncIterator<T>, size: number): Promise<T[]> {
  const batch: T[] = [];
  while (batch.length < size) {
    const result = await iterator.next();
    if (result.done === true) break;
    batch.push(result.value);
  }
  return batch;
}

/**
 * The items of a source in batches of `size`, the last one perhaps smaller; at most two batches are in memory.
 *
 * @throws what the source throws, once the batches before have been given
 */
export async function* inBatches<T>(source: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  const iterator = source[Symbol.asyncIterator]();
  let next = take(iterator, size);
  try {
    for (let batch = await next; batch.length > 0; batch = await next) {
      next = take(iterator, size);
      // It is awaited above; until then its failure is nobody's surprise.
      next.catch(() => undefined);
      yield batch;
    }
  } finally {
    await next.catch(() => undefined);
    await iterator.return?.();
  }
}
