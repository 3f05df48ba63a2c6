import { Duration } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IGrantable, IPrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { DisposalVariables } from '../../functions/platform/environment.ts';
import type { ScheduledDisposal } from '../../functions/retention/request.ts';
import type { Alarms } from './alarms.ts';
import type { DeadLetters } from './dead-letters.ts';
import { grantCalling } from './grant-calling.ts';
import { NodeFunction } from './node-function.ts';
import { ownMetric } from './own-metric.ts';
import { watchStorageErrors } from './storage-errors.ts';
import { scheduledTime } from './schedule.ts';
import type { DailyTask } from './schedule.ts';

interface DisposalFunctionProps {
  readonly environment: DisposalVariables;
  readonly deadLetters: DeadLetters;
  readonly alarms: Alarms;
}

/** Disposes of the rounds whose retention has ended, once a day. It is there even where every round is kept for good. */
export class DisposalFunction extends Construct implements IGrantable, DailyTask {
  readonly grantPrincipal: IPrincipal;
  readonly title = '保存期間の満了した調査の廃棄';
  readonly runbook = '廃棄が行われない';
  readonly dailyInput: ScheduledDisposal = { start: 'due-disposals', at: scheduledTime };
  readonly #function: IFunction;
  readonly #namespace: string;

  constructor(scope: Construct, id: string, { environment, deadLetters, alarms }: DisposalFunctionProps) {
    super(scope, id);
    this.#namespace = environment.METRICS_NAMESPACE;
    this.#function = new NodeFunction(this, 'Node', {
      title: '廃棄',
      entry: 'functions/retention/handler.ts',
      timeout: Duration.minutes(15),
      memorySize: 512,
      environment: { ...environment },
      deadLetters,
      alarms,
    }).function;
    this.grantPrincipal = this.#function.grantPrincipal;
    alarms.add(this, 'Failed', {
      metric: ownMetric(this.#namespace, 'disposal', 'DisposalsFailed'),
      threshold: 1,
      happened: '保存期間の満了した調査の廃棄が、途中で失敗しました。翌日の実行で続きから行われます。',
      first: '翌日も続く場合は、廃棄の関数のログで理由を確認してください。',
      runbook: this.runbook,
    });
    watchStorageErrors(alarms, {
      scope: this,
      namespace: environment.METRICS_NAMESPACE,
      service: 'disposal',
      purpose: '廃棄',
    });
  }

  get arn(): string {
    return this.#function.functionArn;
  }

  dailyRuns(period: Duration): IMetric {
    return ownMetric(this.#namespace, 'disposal', 'ScheduledRuns', period);
  }

  grantStarting(grantee: IGrantable): void {
    grantCalling(grantee, this.#function);
  }
}
