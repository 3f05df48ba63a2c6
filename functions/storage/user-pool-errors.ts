/**
 * Every error that Cognito can answer to what our sign-in pages ask of it, as its API reference lists them for each
 * operation, and what it means on the page. What differs by whether an account exists means the same as a wrong password.
 */

import type { SignInRefusal } from '../domain/sign-in.ts';

/** `busy`: a moment later it may work. `fault`: the deployment is wrong, and operators must mend it. */
type PoolErrorMeaning = SignInRefusal | 'busy' | 'fault';

/** Of most operations; nearly all are ours to mend: a setting, a right, a trigger that we do not have. */
const common = {
  FeatureUnavailableInTierException: 'fault',
  ForbiddenException: 'fault',
  // A fault on the side of AWS, which passes.
  InternalErrorException: 'busy',
  InvalidEmailRoleAccessPolicyException: 'fault',
  InvalidLambdaResponseException: 'fault',
  InvalidParameterException: 'fault',
  InvalidSmsRoleAccessPolicyException: 'fault',
  InvalidSmsRoleTrustRelationshipException: 'fault',
  InvalidUserPoolConfigurationException: 'fault',
  OperationNotEnabledException: 'fault',
  ResourceNotFoundException: 'fault',
  UnexpectedLambdaException: 'fault',
  UnsupportedOperationException: 'fault',
  UserLambdaValidationException: 'fault',
} as const satisfies Record<string, PoolErrorMeaning>;

export const poolErrors = {
  AdminInitiateAuth: {
    ...common,
    MFAMethodNotFoundException: 'fault',
    // The password is wrong, the account is retired or locked, the temporary password is over.
    NotAuthorizedException: 'wrong',
    PasswordResetRequiredException: 'wrong',
    TooManyRequestsException: 'busy',
    UserNotConfirmedException: 'wrong',
    UserNotFoundException: 'wrong',
  },
  AdminRespondToAuthChallenge: {
    ...common,
    AliasExistsException: 'fault',
    CodeMismatchException: 'wrong-code',
    ExpiredCodeException: 'used-code',
    InvalidPasswordException: 'weak-password',
    MFAMethodNotFoundException: 'fault',
    NotAuthorizedException: 'expired',
    PasswordHistoryPolicyViolationException: 'earlier-password',
    PasswordResetRequiredException: 'wrong',
    SoftwareTokenMFANotFoundException: 'expired',
    TooManyRequestsException: 'busy',
    UserNotConfirmedException: 'wrong',
    UserNotFoundException: 'expired',
  },
  AssociateSoftwareToken: {
    ...common,
    ConcurrentModificationException: 'busy',
    NotAuthorizedException: 'expired',
    SoftwareTokenMFANotFoundException: 'fault',
  },
  VerifySoftwareToken: {
    ...common,
    CodeMismatchException: 'wrong-code',
    EnableSoftwareTokenMFAException: 'wrong-code',
    NotAuthorizedException: 'expired',
    PasswordResetRequiredException: 'wrong',
    SoftwareTokenMFANotFoundException: 'fault',
    TooManyRequestsException: 'busy',
    UserNotConfirmedException: 'wrong',
    UserNotFoundException: 'expired',
  },
  ForgotPassword: {
    ...common,
    CodeDeliveryFailureException: 'not-sent',
    InvalidEmailRoleAccessPolicyException: 'not-sent',
    // The account has no verified address.
    InvalidParameterException: 'not-sent',
    LimitExceededException: 'not-sent',
    // The account is retired, or still has its temporary password.
    NotAuthorizedException: 'not-sent',
    TooManyRequestsException: 'busy',
    UserNotFoundException: 'not-sent',
  },
  ConfirmForgotPassword: {
    ...common,
    CodeMismatchException: 'wrong-code',
    ExpiredCodeException: 'expired-code',
    InvalidPasswordException: 'weak-password',
    LimitExceededException: 'waiting',
    NotAuthorizedException: 'wrong-code',
    PasswordHistoryPolicyViolationException: 'earlier-password',
    TooManyFailedAttemptsException: 'waiting',
    TooManyRequestsException: 'busy',
    UserNotConfirmedException: 'wrong-code',
    UserNotFoundException: 'wrong-code',
  },
  AdminUserGlobalSignOut: {
    ...common,
    NotAuthorizedException: 'fault',
    TooManyRequestsException: 'busy',
    UserNotFoundException: 'fault',
  },
} as const satisfies Record<string, Readonly<Record<string, PoolErrorMeaning>>>;

export type PoolOperation = keyof typeof poolErrors;

/**
 * What an error of an operation means; undefined for one that Cognito does not list, such as a lost connection. That the
 * application itself is refused comes under the name of a wrong password.
 */
export function meaningOf(operation: PoolOperation, { name, message }: Error): PoolErrorMeaning | undefined {
  const meanings: Readonly<Record<string, PoolErrorMeaning>> = poolErrors[operation];
  if (name === 'NotAuthorizedException' && /\bclient\b/i.test(message)) return 'fault';
  return Object.hasOwn(meanings, name) ? meanings[name] : undefined;
}
