import { Stack } from 'aws-cdk-lib';
import * as athena from 'aws-cdk-lib/aws-athena';
import * as glue from 'aws-cdk-lib/aws-glue';
import { ManagedPolicy, PolicyStatement, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Audience } from '../../functions/domain/summary.ts';
import type { Bucket } from './bucket.ts';

interface TableCatalogProps {
  readonly bucket: Bucket;
  /** What those may ask who are given the policy of analysts: the public tables, or the internal ones as well. */
  readonly analysts: Audience;
}

/** What the catalogue says of its tables. */
const reading = [
  'glue:GetDatabase',
  'glue:GetDatabases',
  'glue:GetPartition',
  'glue:GetPartitions',
  'glue:GetTable',
  'glue:GetTables',
];
const asking = [
  'athena:BatchGetQueryExecution',
  'athena:GetQueryExecution',
  'athena:GetQueryResults',
  'athena:GetQueryResultsStream',
  'athena:GetWorkGroup',
  'athena:ListQueryExecutions',
  'athena:StartQueryExecution',
  'athena:StopQueryExecution',
];
/** Of Athena's own view of the catalogue, which its pages show. */
const showing = [
  'athena:GetDataCatalog',
  'athena:GetDatabase',
  'athena:GetTableMetadata',
  'athena:ListDatabases',
  'athena:ListTableMetadata',
];

/** What a question may read at most: some hundred times what all rounds of a prefecture have. */
const bytesOfQuestion = 10 * 1024 ** 3;

/** Names of databases: small letters, digits and underscores. */
function databaseName(stackName: string, audience: Audience): string {
  return `${stackName.toLowerCase().replaceAll('-', '_')}_${audience}`;
}

/**
 * The tables of exports for questions in SQL. The databases are made here, the tables in them by each export: forms that a
 * prefecture makes need no deployment. Nobody may ask from here: there is a policy, which the account gives to people.
 */
export class TableCatalog extends Construct {
  /** The names of the databases. */
  readonly databases: Readonly<Record<Audience, string>>;
  /** Each keeps its results apart, so that who asks the public tables reads no results of the others. */
  readonly workGroups: Readonly<Record<Audience, string>>;
  readonly analystsPolicyArn: string;

  constructor(scope: Construct, id: string, { bucket, analysts }: TableCatalogProps) {
    super(scope, id);
    const { stackName } = Stack.of(this);
    this.databases = {
      internal: this.#database('Internal', databaseName(stackName, 'internal'), '出力の表（庁内用・取扱注意）'),
      public: this.#database('Public', databaseName(stackName, 'public'), '出力の表（公表用。公表版にするまでは案）'),
    };
    this.workGroups = {
      internal: this.#workGroup('WorkGroup', `${stackName}-tables`, bucket.queryResults('internal')),
      public: this.#workGroup('PublicWorkGroup', `${stackName}-tables-public`, bucket.queryResults('public')),
    };
    this.analystsPolicyArn = this.#analystsPolicy(
      bucket,
      analysts === 'internal' ? ['internal', 'public'] : ['public'],
    );
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

  #workGroup(id: string, name: string, { url, keyArn }: ReturnType<Bucket['queryResults']>): string {
    return new athena.CfnWorkGroup(this, id, {
      name,
      description: '出力の表の集計',
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: false,
        bytesScannedCutoffPerQuery: bytesOfQuestion,
        resultConfiguration: {
          outputLocation: url,
          encryptionConfiguration: { encryptionOption: 'SSE_KMS', kmsKey: keyArn },
        },
      },
    }).ref;
  }

  /** Lists of all workgroups and catalogues of the account are not in it: people open the workgroup by its address. */
  #analystsPolicy(bucket: Bucket, audiences: readonly Audience[]): string {
    const stack = Stack.of(this);
    const arn = (resource: string): string => stack.formatArn({ service: 'athena', resource });
    const policy = new ManagedPolicy(this, 'Analysts', { description: '出力の表をSQLで集計する人' });
    policy.addStatements(
      new PolicyStatement({
        actions: asking,
        resources: audiences.map((each) => arn(`workgroup/${this.workGroups[each]}`)),
      }),
      new PolicyStatement({ actions: showing, resources: [arn('datacatalog/AwsDataCatalog')] }),
    );
    this.#allow(policy, reading, audiences);
    bucket.grantAsking(policy, audiences);
    return policy.managedPolicyArn;
  }

  #allow(grantee: IGrantable, actions: string[], audiences: readonly Audience[] = ['internal', 'public']): void {
    const stack = Stack.of(this);
    const arn = (resource: string): string => stack.formatArn({ service: 'glue', resource });
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions,
        resources: [
          arn('catalog'),
          ...audiences
            .map((each) => this.databases[each])
            .flatMap((name) => [arn(`database/${name}`), arn(`table/${name}/*`)]),
        ],
      }),
    );
  }
}
