/** How much garbage a process that writes exports lets lie. */

import { setFlagsFromString } from 'node:v8';

/**
 * Lets the heap grow by half of what lives in it before it is collected. V8 itself waits for about four times as much in a
 * long run, so that the export of a large round takes memory that nobody needs; what lives hardly grows with the round.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=50');
}
