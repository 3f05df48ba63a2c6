import { Duration } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IGrantable, IPrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { ScheduledStart } from '../../functions/export/request.ts';
import type { ExportVariables } from '../../functions/platform/environment.ts';
import type { Alarms } from './alarms.ts';
import type { DeadLetters } from './dead-letters.ts';
import { grantCalling } from './grant-calling.ts';
import { NodeFunction } from './node-function.ts';
import { ownMetric } from './own-metric.ts';
import { watchStorageErrors } from './storage-errors.ts';
import { scheduledTime } from './schedule.ts';
import type { DailyTask } from './schedule.ts';

interface ExportFunctionProps {
  readonly environment: ExportVariables;
  readonly deadLetters: DeadLetters;
  readonly alarms: Alarms;
}

/** Writes one export of a round, from the log to the manifest; once a day, of every round that is due. */
export class ExportFunction extends Construct implements IGrantable, DailyTask {
  readonly grantPrincipal: IPrincipal;
  readonly name: string;
  readonly function: IFunction;
  readonly title = '定例の出力';
  readonly runbook = '定例の出力がない';
  readonly dailyInput: ScheduledStart = { start: 'due-exports', at: scheduledTime };
  readonly #namespace: string;

  constructor(scope: Construct, id: string, { environment, deadLetters, alarms }: ExportFunctionProps) {
    super(scope, id);
    this.#namespace = environment.METRICS_NAMESPACE;
    this.function = new NodeFunction(this, 'Node', {
      title: '出力',
      entry: 'functions/export/handler.ts',
      timeout: Duration.minutes(15),
      memorySize: 1769,
      environment: { ...environment },
      deadLetters,
      alarms,
    }).function;
    this.grantPrincipal = this.function.grantPrincipal;
    this.name = this.function.functionName;
    alarms.add(this, 'Failed', {
      metric: ownMetric(this.#namespace, 'export', 'ExportsFailed'),
      threshold: 1,
      happened: '調査の出力に失敗しました。前回までの出力はそのまま残っています。',
      first: '画面の「出力」で失敗した調査を確かめ、もう一度出力してください。',
      runbook: '出力が失敗した',
    });
    alarms.add(this, 'Unregistered', {
      metric: ownMetric(this.#namespace, 'export', 'TablesNotRegistered'),
      threshold: 1,
      happened: '出力は完了しましたが、SQLで集計するための表（データカタログ）に登録できませんでした。',
      first: '画面の「出力」でその調査をもう一度出力してください。出力のファイルには問題がありません。',
      runbook: '表が登録されない',
    });
    watchStorageErrors(alarms, {
      scope: this,
      namespace: environment.METRICS_NAMESPACE,
      service: 'export',
      purpose: '出力',
    });
  }

  get arn(): string {
    return this.function.functionArn;
  }

  dailyRuns(period: Duration): IMetric {
    return ownMetric(this.#namespace, 'export', 'ScheduledRuns', period);
  }

  grantStarting(grantee: IGrantable): void {
    grantCalling(grantee, this.function);
  }
}
