import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failExport, failPublication } from '../../chaos/export-faults.ts';
import { whens } from '../../chaos/faults.ts';
import { startEmulators } from '../support/emulators.ts';

let emulators: Awaited<ReturnType<typeof startEmulators>>;

beforeAll(async () => {
  emulators = await startEmulators();
});
afterAll(() => emulators.stop());

describe.each(whens)('an export of which one call fails %s it is answered', (when) => {
  it('leaves the last good one in place and the way free, or is complete itself', { timeout: 180_000 }, async () => {
    expect(await failExport(emulators, when)).toBeGreaterThan(30);
  });
});

describe.each(whens)('a publication of which one call fails %s it is answered', (when) => {
  it('is not half there, and goes on when it is repeated', { timeout: 180_000 }, async () => {
    expect(await failPublication(emulators, when)).toBeGreaterThan(20);
  });
});
