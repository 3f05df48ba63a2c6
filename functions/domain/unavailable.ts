/**
 * What an answer needs from elsewhere cannot be had now: the issuer's keys, the identity provider, an object of the
 * bucket. Nothing that the caller did, and no fault of the program: another attempt may succeed.
 */
export class Unavailable extends Error {
  /** @param cause of which operators read the class */
  constructor(what: string, cause: unknown) {
    super(what, { cause });
    this.name = `Unavailable (${cause instanceof Error ? cause.name : typeof cause})`;
  }
}

/** The same of the user pool, at a step of signing in: what was typed may well be right. */
export class SignInUnavailable extends Unavailable {}
