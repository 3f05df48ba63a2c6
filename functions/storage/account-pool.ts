/** The accounts of a Cognito user pool. Calls that find their work done are content. */

import { randomBytes } from 'node:crypto';

import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteSoftwareTokenCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
  CreateGroupCommand,
  GroupExistsException,
  InvalidParameterException,
  LimitExceededException,
  ListUsersCommand,
  paginateAdminListGroupsForUser,
  paginateListUsersInGroup,
  ResourceNotFoundException,
  UsernameExistsException,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import type { AttributeType, UserType } from '@aws-sdk/client-cognito-identity-provider';
import * as z from 'zod';
import { isRoleGroup } from '../domain/accounts/account.ts';
import type { PooledPerson } from '../domain/accounts/account.ts';
import type { AttributeChange } from '../domain/accounts/plan.ts';
import { DailyMailLimit, UnknownCursor } from './account-errors.ts';

/** The accounts in the pool. Every change may be repeated, and then does nothing. */
export interface Accounts {
  /** Makes an account and sends its invitation; neither when there is one of the name with the same address. */
  invite(account: { readonly username: string; readonly name: string; readonly email: string }): Promise<void>;
  setAttributes(username: string, attributes: AttributeChange): Promise<void>;
  join(username: string, group: string): Promise<void>;
  leave(username: string, group: string): Promise<void>;
  enable(username: string): Promise<void>;
  disable(username: string): Promise<void>;
  /** Ends what the pool issued, of an enabled account. */
  signOut(username: string): Promise<void>;
}

/** What Cognito finds people by: one attribute, whole or by how it begins. It tells cases apart. */
export interface PeopleFilter {
  readonly attribute: 'sub' | 'username' | 'name' | 'email' | 'status' | 'cognito:user_status';
  readonly value: string;
  readonly isBeginning?: boolean;
}

interface PeoplePage {
  readonly people: readonly PooledPerson[];
  /** Where more follow. */
  readonly next: string | undefined;
}

/** Who is in the pool. What somebody may do is asked for each by itself: Cognito has no list that tells it of several. */
export interface People {
  /** One call: some of everybody, or of those that are found, in no order. @throws UnknownCursor */
  page(filter?: PeopleFilter, after?: string): Promise<PeoplePage>;
  /** Everybody in a group; nobody where there is no such group. */
  members(group: string): Promise<readonly PooledPerson[]>;
  /** The groups that say what somebody may do; none of somebody who is gone. */
  groupsOf(username: string): Promise<readonly string[]>;
}

export interface Pool extends Accounts, People {
  /** Sends the invitation of somebody who has not signed in yet once more, with a new temporary password. */
  inviteAgain(username: string): Promise<void>;
  /** Puts a password that nobody knows in place of the account's: `inviteAgain` then sends a temporary one. */
  forgetPassword(username: string): Promise<void>;
  /** Takes the authenticator off an account, whose owner sets up another at the next sign-in. */
  removeAuthenticator(username: string): Promise<void>;
}

/** A client that waits where Cognito lets no more calls of a kind through: it takes some dozens in a second, from all together. */
export function peopleClient(region?: string): CognitoIdentityProviderClient {
  const patient = { retryMode: 'adaptive', maxAttempts: 5 };
  return new CognitoIdentityProviderClient(region === undefined ? patient : { ...patient, region });
}

/** Most that Cognito names in one answer. */
const perPage = 60;

/** Characters that Cognito takes as a filter. No name or address of an account needs as many: nobody is found by more. */
const longestFilter = 256;

function attribute(attributes: readonly AttributeType[] | undefined, name: string): string {
  return attributes?.find(({ Name }) => Name === name)?.Value ?? '';
}

function personOf({ Username = '', Attributes, Enabled = false, UserStatus }: UserType): PooledPerson {
  return {
    id: attribute(Attributes, 'sub'),
    username: Username,
    name: attribute(Attributes, 'name'),
    email: attribute(Attributes, 'email'),
    isEnabled: Enabled,
    isInvited: UserStatus === 'FORCE_CHANGE_PASSWORD',
  };
}

/** As Cognito reads it: what is searched for stands in quotation marks, in which it may have some of its own. */
function filterText({ attribute: name, value, isBeginning = false }: PeopleFilter): string {
  return `${name} ${isBeginning ? '^=' : '='} "${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

/** The mails of Cognito's own sender are counted; who was made before the last one stays made. */
async function sending<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    throw error instanceof LimitExceededException ? new DailyMailLimit(error) : error;
  }
}

export function createPool(client: CognitoIdentityProviderClient, UserPoolId: string): Pool {
  const page: People['page'] = async (filter, after) => {
    const Filter = filter === undefined ? undefined : filterText(filter);
    if (Filter !== undefined && Filter.length > longestFilter) return { people: [], next: undefined };
    try {
      const command = new ListUsersCommand({ UserPoolId, Limit: perPage, PaginationToken: after, Filter });
      const { Users = [], PaginationToken } = await client.send(command);
      return { people: Users.map(personOf), next: PaginationToken };
    } catch (error) {
      throw error instanceof InvalidParameterException && after !== undefined ? new UnknownCursor() : error;
    }
  };

  async function makeGroup(GroupName: string): Promise<void> {
    try {
      await client.send(new CreateGroupCommand({ UserPoolId, GroupName }));
    } catch (error) {
      // Somebody else was quicker.
      if (!(error instanceof GroupExistsException)) throw error;
    }
  }

  return {
    page,

    members: async (GroupName) => {
      const found: PooledPerson[] = [];
      try {
        for await (const { Users = [] } of paginateListUsersInGroup({ client }, { UserPoolId, GroupName }))
          found.push(...Users.map(personOf));
      } catch (error) {
        if (!(error instanceof ResourceNotFoundException)) throw error;
      }
      return found;
    },

    groupsOf: async (Username) => {
      const found: string[] = [];
      try {
        for await (const { Groups = [] } of paginateAdminListGroupsForUser({ client }, { UserPoolId, Username }))
          found.push(...Groups.flatMap(({ GroupName = '' }) => (isRoleGroup(GroupName) ? [GroupName] : [])));
      } catch (error) {
        if (!(error instanceof UserNotFoundException)) throw error;
      }
      return found.toSorted();
    },

    invite: async ({ username: Username, name, email }) => {
      try {
        await sending(() =>
          client.send(
            new AdminCreateUserCommand({
              UserPoolId,
              Username,
              DesiredDeliveryMediums: ['EMAIL'],
              UserAttributes: [
                { Name: 'email', Value: email },
                // The prefecture vouches for it; only a verified address can be sent a new password's code.
                { Name: 'email_verified', Value: 'true' },
                ...(name === '' ? [] : [{ Name: 'name', Value: name }]),
              ],
            }),
          ),
        );
      } catch (error) {
        if (!(error instanceof UsernameExistsException)) throw error;
        // The answer to an earlier attempt was lost, or somebody else was quicker.
        const [made] = (await page({ attribute: 'username', value: Username })).people;
        if (made?.email.toLowerCase() !== email.toLowerCase())
          throw new Error(`利用者名「${Username}」は、ほかの人がたった今登録しました。もう一度実行してください。`, {
            cause: error,
          });
      }
    },

    inviteAgain: async (Username) => {
      await sending(() =>
        client.send(
          new AdminCreateUserCommand({
            UserPoolId,
            Username,
            MessageAction: 'RESEND',
            DesiredDeliveryMediums: ['EMAIL'],
          }),
        ),
      );
    },

    forgetPassword: async (Username) => {
      // As long and as varied as any policy asks.
      const Password = `${randomBytes(24).toString('base64url')}aA1!`;
      await client.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password, Permanent: false }));
    },

    removeAuthenticator: async (Username) => {
      await client.send(new AdminDeleteSoftwareTokenCommand({ UserPoolId, Username }));
    },

    setAttributes: async (Username, { name, email }) => {
      const UserAttributes = [
        ...(name === undefined ? [] : [{ Name: 'name', Value: name }]),
        ...(email === undefined
          ? []
          : [
              { Name: 'email', Value: email },
              { Name: 'email_verified', Value: 'true' },
            ]),
      ];
      await client.send(new AdminUpdateUserAttributesCommand({ UserPoolId, Username, UserAttributes }));
    },

    join: async (Username, GroupName) => {
      const add = () => client.send(new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName }));
      try {
        await add();
      } catch (error) {
        if (!(error instanceof ResourceNotFoundException)) throw error;
        await makeGroup(GroupName);
        await add();
      }
    },
    leave: async (Username, GroupName) => {
      await client.send(new AdminRemoveUserFromGroupCommand({ UserPoolId, Username, GroupName }));
    },
    enable: async (Username) => {
      await client.send(new AdminEnableUserCommand({ UserPoolId, Username }));
    },
    disable: async (Username) => {
      await client.send(new AdminDisableUserCommand({ UserPoolId, Username }));
    },
    signOut: async (Username) => {
      await client.send(new AdminUserGlobalSignOutCommand({ UserPoolId, Username }));
    },
  };
}

const dated = z.object({
  headers: z.object({
    date: z
      .string()
      .transform((text) => Date.parse(text))
      .pipe(z.number()),
  }),
});
const oneSecond = 1000;

/**
 * The time as Cognito had it in its last answer, to the second above: that of this machine may be wrong by minutes, in
 * which tokens of before would go on counting.
 */
export function clockOf(client: CognitoIdentityProviderClient): () => Date {
  let ahead = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      const { data } = dated.safeParse(answer.response);
      if (data !== undefined) ahead = data.headers.date + oneSecond - Date.now();
      return answer;
    },
    { step: 'deserialize', priority: 'low', name: 'clockOf' },
  );
  return () => new Date(Date.now() + ahead);
}
