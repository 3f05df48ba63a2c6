import { Duration } from 'aws-cdk-lib';
import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { ProblemCode } from '../../schemas/problem.ts';
import type { Edge } from '../prefectures/edge.ts';

/**
 * How many requests one address may make in five minutes. All municipalities of a prefecture share the exit of its
 * 自治体情報セキュリティクラウド, and most of them come on the due date: 180 municipalities (Hokkaido) with two officers
 * each, of whom each saves every five seconds and opens fifteen pages with a script and a style sheet.
 */
const municipalities = 180;
const officersEach = 2;
const requestsEach = 60 + 15 * 3;
export const requestLimit = municipalities * officersEach * requestsEach;
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

type Rule = Omit<CfnWebACL.RuleProperty, 'priority' | 'visibilityConfig'>;

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

const rateLimit: Rule = {
  name: 'RateLimit',
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
    rateBasedStatement: { limit: requestLimit, aggregateKeyType: 'IP', evaluationWindowSec: window.toSeconds() },
  },
};

/** @param networksArn of the addresses that may come; everybody else meets the default, which refuses */
function allowed(networksArn: string): Rule {
  return {
    name: 'AllowedNetworks',
    action: { allow: {} },
    statement: { ipSetReferenceStatement: { arn: networksArn } },
  };
}

/** The rules in the order in which they are asked; the first that refuses ends the request. */
export function rulesFor(kind: Edge['kind'], networksArn: string | undefined): Rule[] {
  return [
    rateLimit,
    // Whoever comes through a VPC endpoint or from a listed network has no address that a reputation is kept of.
    ...(kind === 'internet' ? [managed('AWSManagedRulesAmazonIpReputationList')] : []),
    managed('AWSManagedRulesKnownBadInputsRuleSet'),
    managed('AWSManagedRulesCommonRuleSet', countedRules),
    ...(networksArn === undefined ? [] : [allowed(networksArn)]),
  ];
}
