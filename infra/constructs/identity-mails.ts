import type { UserInvitationConfig, UserVerificationConfig } from 'aws-cdk-lib/aws-cognito';
import { VerificationEmailStyle } from 'aws-cdk-lib/aws-cognito';
import { codeMail, invitationMail } from './account-mails.ts';

type Site = Parameters<typeof codeMail>[0];

/** Cognito sends HTML, in which line breaks count for nothing. */
function paragraphs(lines: readonly string[]): string {
  return lines.join('<br>\n');
}

/** `{username}` and `{####}` are Cognito's: the name and the temporary password. */
export function invitation(site: Site): UserInvitationConfig {
  const { subject, lines } = invitationMail(site, '{username}', '{####}');
  return { emailSubject: subject, emailBody: paragraphs(lines) };
}

/** `{####}` is Cognito's: the code. */
export function verification(site: Site): UserVerificationConfig {
  const { subject, lines } = codeMail(site, '{####}');
  return { emailStyle: VerificationEmailStyle.CODE, emailSubject: subject, emailBody: paragraphs(lines) };
}
