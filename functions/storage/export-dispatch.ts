/** Handing over what the export function does: writing a started export, and taking down what was taken back. */

import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

/** Resolves when the export has been handed over, long before it is written; throws when it could not be. */
export type ExportDispatcher = (round: string, exportId: string) => Promise<void>;

/** Resolves when it is known that files and tables of editions of the round were taken back; throws when it is not. */
export type TakeDownDispatcher = (round: string) => Promise<void>;

/** Calls the export function and does not wait for it. */
export function dispatchToLambda({ client, functionName }: { client: LambdaClient; functionName: string }): {
  readonly dispatchExport: ExportDispatcher;
  readonly dispatchTakeDown: TakeDownDispatcher;
} {
  const call = async (event: object): Promise<void> => {
    await client.send(
      new InvokeCommand({ FunctionName: functionName, InvocationType: 'Event', Payload: JSON.stringify(event) }),
    );
  };
  return {
    dispatchExport: (round, exportId) => call({ round, exportId }),
    dispatchTakeDown: (round) => call({ start: 'take-down', round }),
  };
}

export function lambdaClient(): LambdaClient {
  return new LambdaClient({});
}
