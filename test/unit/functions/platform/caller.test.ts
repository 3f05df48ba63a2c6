import { describe, expect, it } from 'vitest';
import { addressOf } from '../../../../functions/platform/caller.ts';

describe('where a request comes from', () => {
  it.each([
    ['the gateway', { requestContext: { requestId: 'r', address: '203.0.113.7' } }, '203.0.113.7'],
    ['the server of a laptop', { incoming: { socket: { remoteAddress: '127.0.0.1' } } }, '127.0.0.1'],
    ['nobody', {}, undefined],
    ['nothing', undefined, undefined],
  ])('is told by %s', (_who, environment, address) => {
    expect(addressOf(environment)).toBe(address);
  });
});
