/** The accounts of the stand-in for a user pool, and how far each sign-in is. Refusals carry the names of Cognito's. */

import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { DemoAccount } from './identity-pages.ts';
import type { HeldPerson } from './people.ts';
import { base32Of, periodMilliseconds, totp } from './totp.ts';

/** An account as it is when the stand-in starts: without a password of its own, anybody's. */
export interface PooledAccount extends DemoAccount {
  readonly password?: string | undefined;
  /** The password was mailed and has to be changed. */
  readonly isTemporary?: boolean | undefined;
}

/** Of every account that has none of its own; there is nothing behind it but constructed data. */
export const openPassword = 'Yoriai-demo-2024';

export class Refusal extends Error {
  /** @param name of the exception, as Cognito calls it */
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

type Challenge = 'NEW_PASSWORD_REQUIRED' | 'MFA_SETUP' | 'SOFTWARE_TOKEN_MFA';

interface Begun {
  readonly username: string;
  readonly challenge: Challenge;
  readonly secret?: string;
  readonly isVerified?: boolean;
}

export type PoolResult =
  | { readonly kind: 'challenge'; readonly challenge: Challenge; readonly session: string }
  | { readonly kind: 'signedIn'; readonly account: DemoAccount };

const wrong = (): Refusal => new Refusal('NotAuthorizedException', 'Incorrect username or password.');
const noSession = (): Refusal => new Refusal('NotAuthorizedException', 'Invalid session for the user.');
const otherCode = (): Refusal => new Refusal('CodeMismatchException', 'Invalid code received for user');

export class UserPoolMemory {
  readonly #held = new Map<string, HeldPerson>();
  readonly #groups = new Set<string>();
  readonly #begun = new Map<string, Begun>();
  readonly #now: () => Date;

  /** @param kept as an earlier process left them */
  constructor(accounts: readonly PooledAccount[], now: () => Date, kept: readonly HeldPerson[] = []) {
    this.#now = now;
    const begun = accounts.map(({ id, name, groups, password, isTemporary = false }): HeldPerson => {
      const common = { id, name, email: `${id}@example.jp`, isTemporary, isEnabled: true, usedAt: 0 };
      // The list is the account's own: who picks one from it sees what it has become.
      return { ...common, groups, isOpen: password === undefined, password: password ?? openPassword };
    });
    for (const person of begun) this.#held.set(person.id.toLowerCase(), person);
    for (const person of kept) {
      const before = this.#held.get(person.id.toLowerCase());
      before?.groups.splice(0, before.groups.length, ...person.groups);
      this.#held.set(person.id.toLowerCase(), { ...person, groups: before?.groups ?? person.groups });
    }
    for (const { groups } of this.#held.values()) for (const group of groups) this.#groups.add(group);
  }

  people(): readonly HeldPerson[] {
    return [...this.#held.values()];
  }

  /** @throws Refusal when nobody made the group */
  group(name: string): string {
    if (!this.#groups.has(name)) throw new Refusal('ResourceNotFoundException', 'Group not found.');
    return name;
  }

  makeGroup(name: string): void {
    if (this.#groups.has(name)) throw new Refusal('GroupExistsException', 'A group with the name already exists.');
    this.#groups.add(name);
  }

  person(username: string): HeldPerson {
    const held = this.#held.get(username);
    if (held === undefined) throw new Refusal('UserNotFoundException', 'User does not exist.');
    return held;
  }

  create(username: string, { name = '', email = '' }: { readonly name?: string; readonly email?: string }): void {
    if (this.#held.has(username)) throw new Refusal('UsernameExistsException', 'User account already exists');
    const common = { id: username, name, email, groups: [], isOpen: false, isEnabled: true, usedAt: 0 };
    this.#held.set(username, { ...common, password: randomUUID(), isTemporary: true });
  }

  /** For who has yet to choose a password of their own. */
  giveTemporaryPassword(person: HeldPerson): string {
    const password = `Kari-${randomBytes(6).toString('base64url')}1!`;
    Object.assign(person, { password, isTemporary: true });
    return password;
  }

  begin(username: string, password: string): PoolResult {
    const held = this.#held.get(username);
    if (held?.password !== password || !held.isEnabled) throw wrong();
    return held.isTemporary ? this.#challenge(username, 'NEW_PASSWORD_REQUIRED') : this.#askFactor(username, held);
  }

  setPassword(session: string, password: string): PoolResult {
    const { username, held } = this.#at(session, 'NEW_PASSWORD_REQUIRED');
    this.#change(held, password);
    this.#begun.delete(session);
    return this.#askFactor(username, held);
  }

  associate(session: string): { readonly secret: string; readonly session: string } {
    const { username } = this.#at(session, 'MFA_SETUP');
    this.#begun.delete(session);
    const secret = base32Of(randomBytes(20));
    return { secret, session: this.#remember({ username, challenge: 'MFA_SETUP', secret }) };
  }

  verify(session: string, code: string): string {
    const { username, held, secret } = this.#at(session, 'MFA_SETUP');
    if (secret === undefined) throw noSession();
    if (!this.#shown(secret).includes(code))
      throw new Refusal('EnableSoftwareTokenMFAException', 'Code mismatch and fail enable Software Token MFA');
    this.#begun.delete(session);
    held.secret = secret;
    return this.#remember({ username, challenge: 'MFA_SETUP', isVerified: true });
  }

  finishSetUp(session: string): PoolResult {
    const { held, isVerified } = this.#at(session, 'MFA_SETUP');
    if (isVerified !== true) throw noSession();
    this.#begun.delete(session);
    return { kind: 'signedIn', account: held };
  }

  giveCode(session: string, code: string): PoolResult {
    const { held } = this.#at(session, 'SOFTWARE_TOKEN_MFA');
    const place = this.#shown(held.secret ?? '').indexOf(code);
    if (place < 0) throw otherCode();
    const at = Math.floor(this.#now().getTime() / periodMilliseconds) - place;
    if (at <= held.usedAt) throw new Refusal('ExpiredCodeException', 'Your software token has already been used once.');
    held.usedAt = at;
    this.#begun.delete(session);
    return { kind: 'signedIn', account: held };
  }

  /** The code that is to be mailed; none where Cognito pretends to have mailed one. */
  forget(username: string): string | undefined {
    const held = this.#held.get(username);
    if (held === undefined) return undefined;
    if (held.isTemporary || !held.isEnabled)
      throw new Refusal('NotAuthorizedException', 'User password cannot be reset in the current state.');
    held.mailed = String(randomInt(1_000_000)).padStart(6, '0');
    return held.mailed;
  }

  confirm(username: string, code: string, password: string): void {
    const held = this.#held.get(username);
    if (held?.mailed !== code)
      throw new Refusal('CodeMismatchException', 'Invalid verification code provided, please try again.');
    this.#change(held, password);
    held.mailed = undefined;
  }

  signOut(username: string): void {
    this.person(username);
  }

  /** Retires an account, as the prefecture does. */
  disable(username: string): void {
    const held = this.#held.get(username);
    if (held !== undefined) held.isEnabled = false;
  }

  /** Anybody's accounts have no second factor: one press is the way in. */
  #askFactor(username: string, held: HeldPerson): PoolResult {
    if (held.secret !== undefined) return this.#challenge(username, 'SOFTWARE_TOKEN_MFA');
    return held.isOpen ? { kind: 'signedIn', account: held } : this.#challenge(username, 'MFA_SETUP');
  }

  #change(held: HeldPerson, password: string): void {
    if (password.length < 12)
      throw new Refusal('InvalidPasswordException', 'Password does not conform to policy: Password not long enough');
    held.password = password;
    held.isTemporary = false;
  }

  #challenge(username: string, challenge: Challenge): PoolResult {
    return { kind: 'challenge', challenge, session: this.#remember({ username, challenge }) };
  }

  #remember(begun: Begun): string {
    const session = randomUUID();
    this.#begun.set(session, begun);
    return session;
  }

  #at(session: string, challenge: Challenge): Begun & { readonly held: HeldPerson } {
    const begun = this.#begun.get(session);
    const held = begun === undefined ? undefined : this.#held.get(begun.username);
    if (begun?.challenge !== challenge || held === undefined) throw noSession();
    return { ...begun, held };
  }

  /** The codes of now and of the half minute before, the newest first. */
  #shown(secret: string): string[] {
    const at = this.#now().getTime();
    return [totp(secret, at), totp(secret, at - periodMilliseconds)];
  }
}
