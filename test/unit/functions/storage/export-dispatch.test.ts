import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { exportRequest } from '../../../../functions/export/request.ts';
import { dispatchToLambda } from '../../../../functions/storage/export-dispatch.ts';

const client = new LambdaClient({ region: 'ap-northeast-1' });

describe('handing an export over to Lambda', () => {
  it('calls the function asynchronously with the request that it parses', async () => {
    const lambda = mockClient(client);
    lambda.on(InvokeCommand).resolves({ StatusCode: 202 });
    await dispatchToLambda({ client, functionName: 'export' })('r6', '20241101T030000Z-ABC234');
    const [call] = lambda.commandCalls(InvokeCommand);
    expect(call?.args[0].input).toMatchObject({ FunctionName: 'export', InvocationType: 'Event' });
    const payload = z.string().parse(call?.args[0].input.Payload);
    expect(exportRequest.parse(JSON.parse(payload))).toEqual({ round: 'r6', exportId: '20241101T030000Z-ABC234' });
  });

  it('throws when the function cannot be called', async () => {
    mockClient(client).on(InvokeCommand).rejects(new Error('throttled'));
    await expect(dispatchToLambda({ client, functionName: 'export' })('r6', 'x')).rejects.toThrow('throttled');
  });
});
