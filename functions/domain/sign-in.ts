/** Signing in on our own pages: its steps, and why one of them may not be taken. */

/** Where somebody is on the way in who has given a name and its password. */
export type SignInStepName = 'newPassword' | 'setUp' | 'code';

export type SignInRefusal =
  /** The name, the password, or whatever else must not be told from them: a stranger learns nothing of accounts. */
  | 'wrong'
  /** Six digits that the authenticator does not show now, or not those of the mail. */
  | 'wrong-code'
  /** The authenticator's digits have served already. */
  | 'used-code'
  /** The code of the mail is too old. */
  | 'expired-code'
  | 'weak-password'
  | 'earlier-password'
  /** No code could be mailed: told as if it had been, since nobody may learn whether there is such an account. */
  | 'not-sent'
  /** Nothing of it is wrong, but the account was changed a second ago, or is being changed. */
  | 'just-changed'
  /** Too many attempts at one account, whether or not there is one. */
  | 'waiting'
  /** The step is over; the way in begins anew. */
  | 'expired';

/** Who asks, as far as Cognito weighs it: what is known of the request of the person, not of ours. */
export interface Caller {
  readonly address: string | undefined;
  /** The host of our own site. */
  readonly host: string;
  readonly path: string;
  readonly userAgent: string | undefined;
}
