import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { exportEvent } from '../../../../functions/export/request.ts';
import { dispatchToLambda } from '../../../../functions/storage/export-dispatch.ts';

const client = new LambdaClient({ region: 'ap-northeast-1' });

describe('handing an export over to Lambda', () => {
  it('calls the function asynchronously with the request that it parses', async () => {
    const lambda = mockClient(client);
    lambda.on(InvokeCommand).resolves({ StatusCode: 202 });
    const { dispatchExport, dispatchTakeDown } = dispatchToLambda({ client, functionName: 'export' });
    await dispatchExport('r6', '20241101T030000Z-ABC234');
    await dispatchTakeDown('r6');
    const inputs = lambda.commandCalls(InvokeCommand).map(({ args }) => args[0].input);
    for (const input of inputs) expect(input).toMatchObject({ FunctionName: 'export', InvocationType: 'Event' });
    expect(inputs.map(({ Payload }) => exportEvent.parse(JSON.parse(z.string().parse(Payload))))).toEqual([
      { round: 'r6', exportId: '20241101T030000Z-ABC234' },
      { start: 'take-down', round: 'r6' },
    ]);
  });

  it('throws when the function cannot be called', async () => {
    mockClient(client).on(InvokeCommand).rejects(new Error('throttled'));
    const { dispatchExport } = dispatchToLambda({ client, functionName: 'export' });
    await expect(dispatchExport('r6', 'x')).rejects.toThrow('throttled');
  });
});
