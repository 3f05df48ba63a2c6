/** Handing a started export over to whoever writes it. */

import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

/** Resolves when the export has been handed over, long before it is written; throws when it could not be. */
export type ExportDispatcher = (round: string, exportId: string) => Promise<void>;

/** Calls the export function and does not wait for it. */
export function dispatchToLambda({
  client,
  functionName,
}: {
  client: LambdaClient;
  functionName: string;
}): ExportDispatcher {
  return async (round, exportId) => {
    await client.send(
      new InvokeCommand({
        FunctionName: functionName,
        InvocationType: 'Event',
        Payload: JSON.stringify({ round, exportId }),
      }),
    );
  };
}

export function lambdaClient(): LambdaClient {
  return new LambdaClient({});
}
