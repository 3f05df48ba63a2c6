/** What a user pool mails about accounts, into the outbox of this machine. */

import { randomUUID } from 'node:crypto';
import type { PrefectureContact } from '../../schemas/contact.ts';
import { writeMessage } from '../../functions/domain/mail-message.ts';
import type { MailSender } from '../../functions/storage/mail-sender.ts';
import { codeMail, invitationMail } from '../constructs/account-mails.ts';

/** Told of a temporary password or of a code, instead of a mail. */
export type Mailed = (username: string, secret: string, email: string) => void;

interface AccountMailsOptions {
  readonly sender: MailSender;
  readonly site: { readonly prefectureName: string; readonly url: string; readonly contact: PrefectureContact };
  readonly now: () => Date;
  readonly failed: (error: unknown) => void;
}

export function accountMails({ sender, site, now, failed }: AccountMailsOptions): {
  readonly onInvitation: Mailed;
  readonly onMail: Mailed;
} {
  const send = (to: string, { subject, lines }: ReturnType<typeof codeMail>): void => {
    const { email } = site.contact;
    const message = () =>
      writeMessage({
        from: { name: site.prefectureName, address: email },
        to: [to],
        replyTo: email,
        subject,
        body: lines.join('\n'),
        at: now(),
        id: randomUUID(),
      });
    // Cognito answers whether or not its mail arrives.
    (async () => sender.send(message(), [to], {}))().catch(failed);
  };
  return {
    onInvitation: (username, password, email) => send(email, invitationMail(site, username, password)),
    onMail: (_username, code, email) => send(email, codeMail(site, code)),
  };
}
