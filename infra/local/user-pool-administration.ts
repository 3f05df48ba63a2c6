/** What the stand-in for a user pool answers to who manages its accounts, over Cognito's protocol. */

import * as z from 'zod';
import type { Mailed } from './account-mails.ts';
import type { HeldPerson } from './people.ts';
import { Refusal } from './user-pool-memory.ts';
import type { UserPoolMemory } from './user-pool-memory.ts';

const attributes = z.array(z.object({ Name: z.string(), Value: z.string() })).default([]);
const username = z.string().transform((name) => name.toLowerCase());
const ofUser = z.object({ Username: username });
const ofGroup = z.object({ GroupName: z.string() });
const inGroup = ofUser.extend(ofGroup.shape);
const created = ofUser.extend({ UserAttributes: attributes, MessageAction: z.literal('RESEND').optional() });
const changed = ofUser.extend({ UserAttributes: attributes });
const listed = z.object({
  Limit: z.int().positive(),
  PaginationToken: z.string().regex(/^\d+$/).transform(Number).default(0),
  Filter: z.string().max(256).optional(),
});
const passwordSet = ofUser.extend({ Password: z.string(), Permanent: z.literal(false) });

function shown({ id, name, email, isEnabled, isTemporary }: HeldPerson) {
  return {
    Username: id,
    Enabled: isEnabled,
    UserStatus: isTemporary ? 'FORCE_CHANGE_PASSWORD' : 'CONFIRMED',
    Attributes: Object.entries({ sub: id, name, email }).map(([Name, Value]) => ({ Name, Value })),
  };
}

/** Whether somebody is found by a filter, as Cognito documents them: one attribute, whole or by its beginning. */
function isFound(user: ReturnType<typeof shown>, filter: string | undefined): boolean {
  if (filter === undefined) return true;
  const [, name, how, quoted = ''] = /^([\w:]+) (\^?=) "((?:[^"\\]|\\.)*)"$/.exec(filter) ?? [];
  if (name === undefined) throw new Refusal('InvalidParameterException', 'Error while parsing filter.');
  const special = { username: user.Username, status: user.Enabled ? 'Enabled' : 'Disabled' };
  const values = new Map([
    ...user.Attributes.map(({ Name, Value }) => [Name, Value] as const),
    ...Object.entries({ ...special, 'cognito:user_status': user.UserStatus }),
  ]);
  const [value, wanted] = [values.get(name), quoted.replaceAll(/\\(.)/g, '$1')];
  return how === '=' ? value === wanted : value?.startsWith(wanted) === true;
}

function given(list: z.infer<typeof attributes>): { readonly name?: string; readonly email?: string } {
  const valueOf = (name: string): string | undefined => list.find(({ Name }) => Name === name)?.Value;
  const [name, email] = [valueOf('name'), valueOf('email')];
  return { ...(name === undefined ? {} : { name }), ...(email === undefined ? {} : { email }) };
}

/**
 * The answer to an operation; none to one that is not of managing accounts.
 *
 * @param onInvitation told the temporary password instead of a mail
 */
export function administer(
  memory: UserPoolMemory,
  operation: string,
  input: unknown,
  onInvitation: Mailed | undefined,
): object | undefined {
  switch (operation) {
    case 'ListUsers': {
      const { Limit, PaginationToken: from, Filter } = listed.parse(input);
      const found = memory
        .people()
        .map(shown)
        .filter((user) => isFound(user, Filter));
      const to = from + Limit;
      return { Users: found.slice(from, to), ...(to < found.length ? { PaginationToken: String(to) } : {}) };
    }
    case 'AdminListGroupsForUser': {
      const { groups } = memory.person(ofUser.parse(input).Username);
      return { Groups: groups.map((GroupName) => ({ GroupName })) };
    }
    case 'ListUsersInGroup': {
      const GroupName = memory.group(ofGroup.parse(input).GroupName);
      const members = memory.people().filter(({ groups }) => groups.includes(GroupName));
      return { Users: members.map(shown) };
    }
    case 'AdminCreateUser': {
      const { Username, UserAttributes, MessageAction } = created.parse(input);
      if (MessageAction === undefined) memory.create(Username, given(UserAttributes));
      else if (!memory.person(Username).isTemporary)
        throw new Refusal('UnsupportedUserStateException', 'User has a password of their own.');
      const person = memory.person(Username);
      onInvitation?.(Username, memory.giveTemporaryPassword(person), person.email);
      return { User: shown(person) };
    }
    case 'CreateGroup':
      memory.makeGroup(ofGroup.parse(input).GroupName);
      return {};
    case 'AdminAddUserToGroup': {
      const { Username, GroupName } = inGroup.parse(input);
      const { groups } = memory.person(Username);
      if (!groups.includes(memory.group(GroupName))) groups.push(GroupName);
      return {};
    }
    case 'AdminRemoveUserFromGroup': {
      const { Username, GroupName } = inGroup.parse(input);
      const { groups } = memory.person(Username);
      const at = groups.indexOf(GroupName);
      if (at >= 0) groups.splice(at, 1);
      return {};
    }
    case 'AdminUpdateUserAttributes': {
      const { Username, UserAttributes } = changed.parse(input);
      Object.assign(memory.person(Username), given(UserAttributes));
      return {};
    }
    case 'AdminSetUserPassword': {
      const { Username, Password } = passwordSet.parse(input);
      Object.assign(memory.person(Username), { password: Password, isTemporary: true });
      return {};
    }
    case 'AdminEnableUser':
      memory.person(ofUser.parse(input).Username).isEnabled = true;
      return {};
    case 'AdminDisableUser':
      memory.person(ofUser.parse(input).Username).isEnabled = false;
      return {};
    case 'AdminDeleteSoftwareToken':
      memory.person(ofUser.parse(input).Username).secret = undefined;
      return {};
    default:
      return undefined;
  }
}
