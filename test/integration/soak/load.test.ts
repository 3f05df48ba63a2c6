/** The short form of `npm run soak`. How fast it is says nothing on a machine that tests other things beside. */

import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { openReturns, printSoak, soak } from '../../soak/load.ts';
import { startServer } from '../support/server.ts';

it('answers every request of a steady stream', async () => {
  const server = await startServer({ DATA_DIR: ':memory:', DEMO: 'off' }, [join(inject('bundles'), 'start.mjs')]);
  try {
    const result = await soak(await openReturns(server), { seconds: 3, rate: 20 });
    expect(result.unanswered).toEqual([]);
    expect(printSoak(result)).toMatch(/^60 of 60 answered, p50 \d+ ms, p95 \d+ ms, p99 \d+ ms$/);
  } finally {
    await server.end('SIGTERM');
  }
});

it('says what was not answered, and goes on', async () => {
  const refused = { name: 'gone', statuses: [200], send: async () => ({ status: 503 }) };
  const broken = { name: 'cut', statuses: [200], send: async () => Promise.reject(new Error('no connection')) };
  const result = await soak([refused, broken], { seconds: 1, rate: 4 });
  expect(result.unanswered.toSorted()).toEqual(['cut: no connection', 'cut: no connection', 'gone: 503', 'gone: 503']);
  expect(printSoak(result)).toContain('0 of 4 answered');
});
