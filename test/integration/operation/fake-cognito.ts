/** A Cognito of our own on a free port, as far as accounts go: what the SDK sends is answered as Cognito documents it. */

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';

/** Small, so that every list has several. */
const pageSize = 2;

const attributes = z.array(z.object({ Name: z.string(), Value: z.string() }));
const request = z.object({
  UserPoolId: z.string(),
  Username: z.string().default(''),
  GroupName: z.string().default(''),
  UserAttributes: attributes.default([]),
  MessageAction: z.string().optional(),
  PaginationToken: z.string().optional(),
  NextToken: z.string().optional(),
  Filter: z.string().optional(),
});
type Request = z.output<typeof request>;

interface User {
  readonly attributes: Map<string, string>;
  readonly groups: Set<string>;
  isEnabled: boolean;
  status: string;
  hasAuthenticator: boolean;
}

/** Refused with the name of an exception. */
class Refusal extends Error {}

export class FakeCognito {
  readonly calls: string[] = [];
  /** User names, in the order in which their invitations left. */
  readonly mails: string[] = [];
  readonly #users = new Map<string, User>();
  readonly #groups = new Set<string>();
  readonly #refusals: { operation: string; exception: string; after: boolean }[] = [];
  readonly #server: Server;
  #ahead = 0;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<FakeCognito> {
    const server = createServer();
    const cognito = new FakeCognito(server);
    server.on('request', (message, response) => {
      void cognito.#respond(message, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return cognito;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('a TCP server has a numeric port');
    return `http://127.0.0.1:${address.port}`;
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  /** Puts its clock ahead of this machine's, or behind. */
  setAhead(milliseconds: number): void {
    this.#ahead = milliseconds;
  }

  /** The next call of the operation is refused, after it has taken effect or before. */
  refuse(operation: string, exception: string, after = false): void {
    this.#refusals.push({ operation, exception, after });
  }

  /** Somebody who is there already, with the id that tokens name. */
  add(username: string, sub: string, groups: readonly string[], email = `${username}@example.jp`): void {
    for (const group of groups) this.#groups.add(group);
    this.#users.set(username, {
      attributes: new Map([
        ['sub', sub],
        ['email', email],
        ['email_verified', 'true'],
      ]),
      groups: new Set(groups),
      isEnabled: true,
      status: 'CONFIRMED',
      hasAuthenticator: true,
    });
  }

  describe(username: string): Record<string, unknown> {
    const { attributes, groups, ...rest } = this.#user(username);
    return { ...Object.fromEntries(attributes), groups: [...groups].toSorted(), ...rest };
  }

  async #respond(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, body } = await this.#answer(message);
    const date = new Date(Date.now() + this.#ahead).toUTCString();
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', date }).end(JSON.stringify(body));
  }

  async #answer(message: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const operation = String(message.headers['x-amz-target']).split('.').at(-1) ?? '';
    this.calls.push(operation);
    const found = this.#refusals.findIndex((each) => each.operation === operation);
    const [refusal] = found < 0 ? [] : this.#refusals.splice(found, 1);
    try {
      const parsed = request.parse(JSON.parse(await text(message)));
      if (refusal?.after === false) throw new Refusal(refusal.exception);
      const body = this.#perform(operation, parsed);
      if (refusal !== undefined) throw new Refusal(refusal.exception);
      return { status: 200, body };
    } catch (error) {
      if (error instanceof Refusal) return { status: 400, body: { __type: error.message, message: error.message } };
      return { status: 501, body: { __type: 'NotImplemented', message: String(error) } };
    }
  }

  #user(username: string): User {
    const user = this.#users.get(username);
    if (user === undefined) throw new Refusal('UserNotFoundException');
    return user;
  }

  #shown(username: string): Record<string, unknown> {
    const { attributes, isEnabled, status } = this.#user(username);
    const list = [...attributes].map(([Name, Value]) => ({ Name, Value }));
    return { Username: username, Enabled: isEnabled, UserStatus: status, Attributes: list };
  }

  #create({ Username, UserAttributes, MessageAction }: Request): unknown {
    if (MessageAction === 'RESEND') {
      if (this.#user(Username).status !== 'FORCE_CHANGE_PASSWORD') throw new Refusal('UnsupportedUserStateException');
    } else {
      if (this.#users.has(Username)) throw new Refusal('UsernameExistsException');
      this.add(Username, crypto.randomUUID(), [], '');
      const user = this.#user(Username);
      user.status = 'FORCE_CHANGE_PASSWORD';
      for (const { Name, Value } of UserAttributes) user.attributes.set(Name, Value);
    }
    this.mails.push(Username);
    return { User: this.#shown(Username) };
  }

  #perform(operation: string, sent: Request): unknown {
    const { Username, GroupName, UserAttributes } = sent;
    const page = <T>(
      items: readonly T[],
      token: string | undefined,
    ): { items: readonly T[]; next: string | undefined } => {
      const from = Number(token ?? 0);
      return {
        items: items.slice(from, from + pageSize),
        next: from + pageSize < items.length ? String(from + pageSize) : undefined,
      };
    };
    switch (operation) {
      case 'AdminListGroupsForUser': {
        const { items, next } = page([...this.#user(Username).groups], sent.NextToken);
        return { Groups: items.map((name) => ({ GroupName: name })), NextToken: next };
      }
      case 'ListUsersInGroup': {
        if (!this.#groups.has(GroupName)) throw new Refusal('ResourceNotFoundException');
        const members = [...this.#users].filter(([, { groups }]) => groups.has(GroupName)).map(([name]) => name);
        const { items, next } = page(members, sent.NextToken);
        return { Users: items.map((name) => this.#shown(name)), NextToken: next };
      }
      case 'ListUsers': {
        const [, named] = /^username = "(.*)"$/.exec(sent.Filter ?? '') ?? [];
        const names = [...this.#users.keys()].filter((name) => named === undefined || name === named);
        const { items, next } = page(names, sent.PaginationToken);
        return { Users: items.map((name) => this.#shown(name)), PaginationToken: next };
      }
      case 'AdminCreateUser':
        return this.#create(sent);
      case 'CreateGroup':
        if (this.#groups.has(GroupName)) throw new Refusal('GroupExistsException');
        this.#groups.add(GroupName);
        return {};
      case 'AdminAddUserToGroup':
        if (!this.#groups.has(GroupName)) throw new Refusal('ResourceNotFoundException');
        this.#user(Username).groups.add(GroupName);
        return {};
      case 'AdminRemoveUserFromGroup':
        this.#user(Username).groups.delete(GroupName);
        return {};
      case 'AdminUpdateUserAttributes':
        for (const { Name, Value } of UserAttributes) this.#user(Username).attributes.set(Name, Value);
        return {};
      case 'AdminEnableUser':
        this.#user(Username).isEnabled = true;
        return {};
      case 'AdminDisableUser':
        this.#user(Username).isEnabled = false;
        return {};
      case 'AdminDeleteSoftwareToken':
        this.#user(Username).hasAuthenticator = false;
        return {};
      case 'AdminUserGlobalSignOut':
        if (!this.#user(Username).isEnabled) throw new Refusal('NotAuthorizedException');
        return {};
      default:
        throw new Error(operation);
    }
  }
}
