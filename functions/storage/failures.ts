/** Which failures of AWS pass by themselves, so that the caller may try again. */

const passingNames = new Set([
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'TransactionConflictException',
  'TransactionInProgressException',
  'SlowDown',
  'TimeoutError',
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
]);

/** A throttle, a time-out, a lost connection, or a fault on the side of AWS. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  if (passingNames.has(error.name) || passingNames.has(code)) return true;
  return '$fault' in error && error.$fault === 'server';
}
