import { MessageRejected, SESv2Client, SendEmailCommand, TooManyRequestsException } from '@aws-sdk/client-sesv2';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { createSesSender } from '../../../../functions/storage/mail-sender.ts';

const ses = mockClient(SESv2Client);
const sender = createSesSender({
  sender: 'a@pref.example',
  configurationSet: 'set',
  client: new SESv2Client({ region: 'ap-northeast-1' }),
});
const send = () => sender.send('Subject: x\r\n\r\n', ['b@town.example'], { round: 'R6', mail: 'abc' });
const said = { $metadata: {}, message: 'b@town.example' };

describe('SES', () => {
  it('is given the message as it is, with what names it later', async () => {
    ses.on(SendEmailCommand).resolves({ MessageId: '1' });
    expect(await send()).toEqual({ kind: 'sent' });
    const [call] = ses.commandCalls(SendEmailCommand);
    expect(call?.args[0].input).toMatchObject({
      FromEmailAddress: 'a@pref.example',
      Destination: { ToAddresses: ['b@town.example'] },
      ConfigurationSetName: 'set',
      EmailTags: [
        { Name: 'round', Value: 'R6' },
        { Name: 'mail', Value: 'abc' },
      ],
    });
    expect(Buffer.from(call?.args[0].input.Content?.Raw?.Data ?? []).toString()).toBe('Subject: x\r\n\r\n');
  });

  it.each([
    [new MessageRejected(said), { kind: 'refused', reason: 'MessageRejected', mayPass: false }],
    [new TooManyRequestsException(said), { kind: 'refused', reason: 'TooManyRequestsException', mayPass: true }],
    [new Error('socket hang up'), { kind: 'unknown', reason: 'Error' }],
  ])('that answers %s', async (error, attempted) => {
    ses.on(SendEmailCommand).rejects(error);
    expect(await send()).toEqual(attempted);
  });
});
