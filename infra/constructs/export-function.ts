import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, type IGrantable, type IPrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { ExportVariables } from '../../functions/platform/environment.ts';
import { NodeFunction } from './node-function.ts';

interface ExportFunctionProps {
  readonly environment: ExportVariables;
}

/** Writes one export of a round, from the log to the manifest. */
export class ExportFunction extends Construct implements IGrantable {
  readonly grantPrincipal: IPrincipal;
  readonly name: string;
  readonly #function: IFunction;

  constructor(scope: Construct, id: string, { environment }: ExportFunctionProps) {
    super(scope, id);
    this.#function = new NodeFunction(this, 'Node', {
      entry: 'functions/export/handler.ts',
      timeout: Duration.minutes(15),
      memorySize: 1769,
      environment: { ...environment },
    }).function;
    this.grantPrincipal = this.#function.grantPrincipal;
    this.name = this.#function.functionName;
  }

  /** For a schedule, which calls it. */
  get arn(): string {
    return this.#function.functionArn;
  }

  /** Hands over an export to be written, or starts the exports that are due. */
  grantStarting(grantee: IGrantable): void {
    // Not grantInvoke, which also allows every version and alias.
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [this.#function.functionArn] }),
    );
  }
}
