import { Stack } from 'aws-cdk-lib';
import * as athena from 'aws-cdk-lib/aws-athena';
import * as glue from 'aws-cdk-lib/aws-glue';
import { PolicyStatement, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Audience } from '../../functions/domain/summary.ts';
import type { Bucket } from './bucket.ts';

interface TableCatalogProps {
  readonly bucket: Bucket;
}

/** What a question may read at most: some hundred times what all rounds of a prefecture have. */
const bytesOfQuestion = 10 * 1024 ** 3;

/** Names of databases: small letters, digits and underscores. */
function databaseName(stackName: string, audience: Audience): string {
  return `${stackName.toLowerCase().replaceAll('-', '_')}_${audience}`;
}

/**
 * The tables of exports for questions in SQL. The databases are made here, the tables in them by each export: forms that a
 * prefecture makes need no deployment. Who may ask is said by the account: nobody may from here.
 */
export class TableCatalog extends Construct {
  /** The names of the databases. */
  readonly databases: Readonly<Record<Audience, string>>;
  readonly workGroup: string;

  constructor(scope: Construct, id: string, { bucket }: TableCatalogProps) {
    super(scope, id);
    const { stackName } = Stack.of(this);
    this.databases = {
      internal: this.#database('Internal', databaseName(stackName, 'internal'), '出力の表（庁内用・取扱注意）'),
      public: this.#database('Public', databaseName(stackName, 'public'), '出力の表（公表用。公表版にするまでは案）'),
    };
    this.workGroup = `${stackName}-tables`;
    // oxlint-disable-next-line no-new -- a construct joins the tree by being made
    new athena.CfnWorkGroup(this, 'WorkGroup', {
      name: this.workGroup,
      description: '出力の表の集計',
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: false,
        bytesScannedCutoffPerQuery: bytesOfQuestion,
        resultConfiguration: {
          outputLocation: bucket.queryResults.url,
          encryptionConfiguration: { encryptionOption: 'SSE_KMS', kmsKey: bucket.queryResults.keyArn },
        },
      },
    });
  }

  /** Makes and extends tables, and moves a round to the folder of its newest export. */
  grantRegistering(grantee: IGrantable): void {
    this.#allow(grantee, [
      'glue:BatchDeletePartition',
      'glue:CreatePartition',
      'glue:CreateTable',
      'glue:GetPartitions',
      'glue:GetTable',
      'glue:GetTables',
      'glue:UpdatePartition',
      'glue:UpdateTable',
    ]);
  }

  /** Finds and removes what the tables have of a round. */
  grantRemovingRounds(grantee: IGrantable): void {
    this.#allow(grantee, ['glue:BatchDeletePartition', 'glue:GetPartitions', 'glue:GetTables']);
  }

  #database(id: string, name: string, description: string): string {
    const { account } = Stack.of(this);
    return new glue.CfnDatabase(this, id, { catalogId: account, databaseInput: { name, description } }).ref;
  }

  #allow(grantee: IGrantable, actions: string[]): void {
    const stack = Stack.of(this);
    const arn = (resource: string): string => stack.formatArn({ service: 'glue', resource });
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions,
        resources: [
          arn('catalog'),
          ...Object.values(this.databases).flatMap((name) => [arn(`database/${name}`), arn(`table/${name}/*`)]),
        ],
      }),
    );
  }
}
