import { Aws, CfnCondition, CfnParameter, Fn } from 'aws-cdk-lib';
import type { ICfnRuleConditionExpression } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { openTo } from '../../schemas/open-to.ts';
import type { OpenTo } from '../../schemas/open-to.ts';
import { openToParameter } from '../operation/open-to/set-open-to.ts';

/**
 * Who may use the site: everyone or, during an incident, the prefecture alone. Not among the settings, so that closing
 * takes a minute and no synth, and no deployment opens again by mistake.
 */
export class Opening extends Construct {
  /** For the application. */
  readonly openTo: string;
  #closed: CfnCondition | undefined;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const parameter = new CfnParameter(this, 'To', {
      default: 'everyone' satisfies OpenTo,
      allowedValues: openTo.options,
      description: 'Who may use the site; set by npm run open-to',
    });
    parameter.overrideLogicalId(openToParameter);
    this.openTo = parameter.valueAsString;
  }

  /** There while the site is closed only. @param value as CloudFormation writes it */
  whileClosed(value: object): ICfnRuleConditionExpression {
    this.#closed ??= new CfnCondition(this, 'Closed', {
      expression: Fn.conditionEquals(this.openTo, 'prefecture' satisfies OpenTo),
    });
    return Fn.conditionIf(this.#closed.logicalId, value, Aws.NO_VALUE);
  }
}
