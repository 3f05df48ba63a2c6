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
  CreateGroupCommand,
  GroupExistsException,
  LimitExceededException,
  paginateListGroups,
  paginateListUsers,
  paginateListUsersInGroup,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import type { AttributeType, CognitoIdentityProviderClient, UserType } from '@aws-sdk/client-cognito-identity-provider';
import * as z from 'zod';
import { isRoleGroup } from '../domain/accounts/account.ts';
import type { PooledAccount } from '../domain/accounts/account.ts';
import type { AttributeChange } from '../domain/accounts/plan.ts';

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

export interface Pool extends Accounts {
  all(): Promise<PooledAccount[]>;
  /** Sends the invitation of somebody who has not signed in yet once more, with a new temporary password. */
  inviteAgain(username: string): Promise<void>;
  /** Puts a password that nobody knows in place of the account's: `inviteAgain` then sends a temporary one. */
  forgetPassword(username: string): Promise<void>;
  /** Takes the authenticator off an account, whose owner sets up another at the next sign-in. */
  removeAuthenticator(username: string): Promise<void>;
}

/** Cognito's own sender has sent all that it may in a day. */
export class DailyMailLimit extends Error {
  constructor(cause: unknown) {
    super('本日送信できる招待メールの上限に達しました。明日、もう一度実行すると、続きから登録します。', { cause });
  }
}

/** Groups whose members are asked for at once: a list has one group for every municipality. */
const groupsAtOnce = 5;

function attribute(attributes: readonly AttributeType[] | undefined, name: string): string {
  return attributes?.find(({ Name }) => Name === name)?.Value ?? '';
}

function accountOf(
  { Username = '', Attributes, Enabled = false, UserStatus }: UserType,
  groups: readonly string[],
): PooledAccount {
  return {
    id: attribute(Attributes, 'sub'),
    username: Username,
    name: attribute(Attributes, 'name'),
    email: attribute(Attributes, 'email'),
    groups,
    isEnabled: Enabled,
    isInvited: UserStatus === 'FORCE_CHANGE_PASSWORD',
  };
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
  const groupsMade = new Set<string>();

  async function groupsByUser(): Promise<Map<string, string[]>> {
    const found = new Map<string, string[]>();
    const addMembers = async (GroupName: string): Promise<void> => {
      for await (const { Users = [] } of paginateListUsersInGroup({ client }, { UserPoolId, GroupName }))
        for (const { Username = '' } of Users)
          found.set(Username, [...(found.get(Username) ?? []), GroupName].toSorted());
    };
    const groups: string[] = [];
    for await (const { Groups = [] } of paginateListGroups({ client }, { UserPoolId }))
      groups.push(...Groups.flatMap(({ GroupName }) => GroupName ?? []));
    for (const group of groups) groupsMade.add(group);
    const ours = groups.filter(isRoleGroup);
    for (let from = 0; from < ours.length; from += groupsAtOnce)
      await Promise.all(ours.slice(from, from + groupsAtOnce).map(addMembers));
    return found;
  }

  async function users(): Promise<UserType[]> {
    const found: UserType[] = [];
    for await (const { Users = [] } of paginateListUsers({ client }, { UserPoolId })) found.push(...Users);
    return found;
  }

  async function makeGroup(GroupName: string): Promise<void> {
    if (groupsMade.has(GroupName)) return;
    try {
      await client.send(new CreateGroupCommand({ UserPoolId, GroupName }));
    } catch (error) {
      if (!(error instanceof GroupExistsException)) throw error;
    }
    groupsMade.add(GroupName);
  }

  return {
    all: async () => {
      const groups = await groupsByUser();
      return (await users()).map((user) => accountOf(user, groups.get(user.Username ?? '') ?? []));
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
        const made = (await users()).find((user) => user.Username === Username);
        if (attribute(made?.Attributes, 'email').toLowerCase() !== email.toLowerCase())
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
      await makeGroup(GroupName);
      await client.send(new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName }));
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
