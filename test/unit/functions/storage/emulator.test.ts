import { describe, expect, it } from 'vitest';
import { bucketClient } from '../../../../functions/storage/bucket.ts';
import { tableClient } from '../../../../functions/storage/client.ts';

const steps = ({ middlewareStack }: { middlewareStack: { identify(): string[] } }): string =>
  middlewareStack.identify().join('\n');

describe.each([
  ['table', tableClient],
  ['bucket', bucketClient],
] as const)('a call to the %s', (_, client) => {
  it('copies nothing for a logger, and says on AWS alone what calls', () => {
    expect(steps(client('http://127.0.0.1:8000'))).not.toMatch(/loggerMiddleware|getUserAgentMiddleware/);
    expect(steps(client())).not.toContain('loggerMiddleware');
    expect(steps(client())).toContain('getUserAgentMiddleware');
  });
});
