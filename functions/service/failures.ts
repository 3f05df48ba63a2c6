/** What became of a call that failed, as its caller is told. */

import type { Problem } from '../../schemas/problem.ts';
import { Unavailable } from '../domain/unavailable.ts';
import { isPassing } from '../storage/failures.ts';

/** Long enough for a throttle to pass. */
const retryAfterSeconds = 5;

export function problemOfFailure(error: unknown): Problem & { readonly code: 'busy' | 'unavailable' | 'internal' } {
  if (isPassing(error)) return { code: 'busy', retryAfterSeconds };
  return error instanceof Unavailable ? { code: 'unavailable', retryAfterSeconds } : { code: 'internal' };
}
