/** Telling operators of calls that AWS failed, whatever became of the request that made them. */

/** Answers to conditions that the callers set themselves: part of the work. */
const ordinary = new Set([
  'ConditionalCheckFailedException',
  'TransactionCanceledException',
  'TransactionConflictException',
  'TransactionInProgressException',
  'IdempotentParameterMismatchException',
]);

export type OnFailure = (error: unknown) => void;

/** Where the step stands: outside the SDK's own retries, so that only what they did not cure is told. */
export const watchingFailures = { step: 'initialize', name: 'watchFailures' } as const;

export function watchFailures(onFailure: OnFailure) {
  return <Input, Output>(next: (args: Input) => Promise<Output>) =>
    async (args: Input): Promise<Output> => {
      try {
        return await next(args);
      } catch (error) {
        if (!(error instanceof Error && ordinary.has(error.name))) onFailure(error);
        throw error;
      }
    };
}
