import { Duration } from 'aws-cdk-lib';
import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { ProblemCode } from '../../schemas/problem.ts';
import type { Edge } from '../prefectures/edge.ts';
import type { SignInWay } from '../prefectures/identity.ts';

/**
 * How many requests one address may make in five minutes. All municipalities of a prefecture share the exit of its
 * 自治体情報セキュリティクラウド, and most of them come on the due date: 180 municipalities (Hokkaido) with two officers
 * each, of whom each saves every five seconds and opens fifteen pages with a script and a style sheet.
 */
const municipalities = 180;
const officersEach = 2;
const requestsEach = 60 + 15 * 3;
export const requestLimit = municipalities * officersEach * requestsEach;
/** At the sign-in page: name and password, the authenticator, a password that was wrong, and what its pages load. */
const signInsEach = 20;
export const signInLimit = municipalities * officersEach * signInsEach;
/** Of our own pages: what somebody posts who signs in for the first time, and who mistypes twice at each step. */
const signInPostsEach = 10;
export const signInPostLimit = municipalities * officersEach * signInPostsEach;
const window = Duration.minutes(5);

/**
 * Rules that look into what was typed and would refuse it: long texts, a `<`, `../`, an address in a network plan, a
 * formula. Answers are never run or inserted unescaped, so these count only; decision 0010 gives the reasons.
 */
const countedRules = [
  'SizeRestrictions_BODY',
  'CrossSiteScripting_BODY',
  'GenericLFI_BODY',
  'GenericRFI_BODY',
  'EC2MetaDataSSRF_BODY',
] as const;

/** Keys of the documents that the firewall itself answers with. */
export const tooMany = 'too-many-requests' satisfies ProblemCode;
export const notAllowed = 'network-not-allowed' satisfies ProblemCode;

export type Rule = Omit<CfnWebACL.RuleProperty, 'priority' | 'visibilityConfig'>;

function managed(name: string, counted: readonly string[] = []): Rule {
  return {
    name,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        // An empty list is refused.
        ...(counted.length === 0
          ? {}
          : { ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })) }),
      },
    },
  };
}

/** Names the rule about posts of our own pages, and counts what it refuses. */
export const signInPosts = 'SignInRateLimit';

/** @param of what is counted; every request without it */
function rateLimit(limit: number, name = 'RateLimit', of?: CfnWebACL.StatementProperty): Rule {
  return {
    name,
    action: {
      block: {
        customResponse: {
          responseCode: 429,
          customResponseBodyKey: tooMany,
          responseHeaders: [{ name: 'Retry-After', value: String(window.toSeconds()) }],
        },
      },
    },
    statement: {
      rateBasedStatement: {
        limit,
        aggregateKeyType: 'IP',
        evaluationWindowSec: window.toSeconds(),
        ...(of === undefined ? {} : { scopeDownStatement: of }),
      },
    },
  };
}

/** Comes last: everybody else meets the default, which refuses. @param networksArn of the addresses that may come */
export function allowed(networksArn: string): Rule {
  return {
    name: 'AllowedNetworks',
    action: { allow: {} },
    statement: { ipSetReferenceStatement: { arn: networksArn } },
  };
}

function pathIs(path: string): CfnWebACL.StatementProperty {
  return matches({ uriPath: {} }, path, 'EXACTLY');
}

function matches(
  fieldToMatch: CfnWebACL.FieldToMatchProperty,
  searchString: string,
  positionalConstraint: 'EXACTLY' | 'CONTAINS',
): CfnWebACL.StatementProperty {
  const textTransformations = [{ priority: 0, type: 'NONE' }];
  return { byteMatchStatement: { fieldToMatch, searchString, positionalConstraint, textTransformations } };
}

/**
 * What the application asks of the user pool, from addresses of AWS: it exchanges codes, with the client's secret, and
 * reads the pool's public keys.
 */
const ofApplication: Rule = {
  name: 'OfApplication',
  action: { allow: {} },
  statement: {
    orStatement: { statements: [pathIs('/oauth2/token'), matches({ uriPath: {} }, '/.well-known/', 'CONTAINS')] },
  },
};

/** The user pool's API as anybody may call it, at no path; its pages have one, and calls with AWS credentials pass. */
const publicApi: Rule = {
  name: 'PublicApi',
  action: { block: {} },
  statement: { andStatement: { statements: [matches({ method: {} }, 'POST', 'EXACTLY'), pathIs('/')] } },
};

/** What posts a form of our own sign-in pages, under whatever path the stage has. */
const signInPost: CfnWebACL.StatementProperty = {
  andStatement: {
    statements: [matches({ method: {} }, 'POST', 'EXACTLY'), matches({ uriPath: {} }, '/sign-in', 'CONTAINS')],
  },
};

/** Sets up an authenticator, in the session that a name and its password began. */
const settingUp = ['AssociateSoftwareToken', 'VerifySoftwareToken'];

/**
 * Lets operations of the pool's API through that Cognito takes without credentials of AWS, and names to the firewall.
 * Whoever calls one of ours past the pages has neither the client's secret nor a session, and is refused by Cognito.
 */
const allowOperations = (name: string, operations: readonly string[]): Rule => ({
  name,
  action: { allow: {} },
  statement: {
    orStatement: {
      statements: operations.flatMap((operation) => [
        matches({ singleHeader: { Name: 'x-amzn-cognito-operation-name' } }, operation, 'EXACTLY'),
        matches(
          { singleHeader: { Name: 'x-amz-target' } },
          `AWSCognitoIdentityProviderService.${operation}`,
          'EXACTLY',
        ),
      ]),
    },
  },
});

/** Cognito's own pages call these in the background, at the path of the API and from an address that is not documented. */
const ofHostedPages = allowOperations('SettingUp', settingUp);

/** What our own pages ask of the pool in this way: there is no other way to ask it. */
const ofOwnPages = allowOperations('OfOwnPages', [...settingUp, 'ForgotPassword', 'ConfirmForgotPassword']);

/** The public keys of a pool, with which the application reads what it is issued. */
const publicKeys: Rule = {
  name: 'PublicKeys',
  action: { allow: {} },
  statement: matches({ uriPath: {} }, '/.well-known/', 'CONTAINS'),
};

/** The gateway's stage, the user pool with Cognito's sign-in pages, or the user pool behind our own. */
export type Protected = 'site' | 'signIn' | 'pool';

/** What is refused of whoever may come, in the order in which it is asked. The first rule that fits ends the request. */
export function rulesFor(what: Protected, kind: Edge['kind'], signIn: SignInWay): Rule[] {
  // Whoever comes through a VPC endpoint or from a listed network has no address that a reputation is kept of.
  const reputation = kind === 'internet' ? [managed('AWSManagedRulesAmazonIpReputationList')] : [];
  if (what === 'pool') return [rateLimit(signInLimit), publicKeys, ofOwnPages];
  if (what === 'signIn') return [ofApplication, rateLimit(signInLimit), ofHostedPages, ...reputation, publicApi];
  return [
    rateLimit(requestLimit),
    ...(signIn === 'own' ? [rateLimit(signInPostLimit, signInPosts, signInPost)] : []),
    ...reputation,
    managed('AWSManagedRulesKnownBadInputsRuleSet'),
    managed('AWSManagedRulesCommonRuleSet', countedRules),
  ];
}

/**
 * During an incident nobody comes but from the prefecture's own networks. As CloudFormation writes it, since it is there
 * under a condition.
 *
 * @param networksArn of the prefecture's addresses
 */
export function onlyPrefecture(networksArn: string): object {
  return {
    Action: { Block: { CustomResponse: { ResponseCode: 403, CustomResponseBodyKey: notAllowed } } },
    Statement: { NotStatement: { Statement: { IPSetReferenceStatement: { Arn: networksArn } } } },
  };
}
