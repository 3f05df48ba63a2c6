/** Handing a mail to Amazon SES. It takes each as it is: written, encoded and addressed before. */

import type { SESv2Client } from '@aws-sdk/client-sesv2';

/** How an attempt ended; `unknown` where the answer did not come: the mail may have gone out. */
export type Attempted =
  | { readonly kind: 'sent' }
  | { readonly kind: 'refused'; readonly reason: string; readonly mayPass: boolean }
  | { readonly kind: 'unknown'; readonly reason: string };

export interface MailSender {
  /** @param tags come back with what is told later of this mail */
  send(message: string, to: readonly string[], tags: Readonly<Record<string, string>>): Promise<Attempted>;
}

/** What passes by itself, and says that nothing was sent. */
const passing = new Set(['TooManyRequestsException', 'ThrottlingException', 'Throttling']);

interface SesOptions {
  readonly sender: string;
  readonly configurationSet: string;
  /** Replaces the client in tests. */
  readonly client?: Pick<SESv2Client, 'send'>;
}

export function createSesSender({ sender, configurationSet, client }: SesOptions): MailSender {
  let kept = client;
  return {
    send: async (message, to, tags) => {
      // Most starts of the function find nothing to send, and need no library for it.
      const { SendEmailCommand, SESv2Client, SESv2ServiceException } = await import('@aws-sdk/client-sesv2');
      // Sending is not idempotent: an attempt whose answer is lost is not tried again by itself.
      kept ??= new SESv2Client({ maxAttempts: 1 });
      try {
        await kept.send(
          new SendEmailCommand({
            FromEmailAddress: sender,
            Destination: { ToAddresses: [...to] },
            Content: { Raw: { Data: Buffer.from(message) } },
            ConfigurationSetName: configurationSet,
            EmailTags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
          }),
        );
        return { kind: 'sent' };
      } catch (error) {
        const reason = error instanceof Error ? error.name : 'Error';
        const isRefusal = error instanceof SESv2ServiceException && error.$fault === 'client';
        return isRefusal ? { kind: 'refused', reason, mayPass: passing.has(reason) } : { kind: 'unknown', reason };
      }
    },
  };
}
