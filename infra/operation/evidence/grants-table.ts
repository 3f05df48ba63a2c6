/** What the roles of a deployment may do, as its template says it: an annex of the security document. Pure. */

import * as z from 'zod';

const oneOrMore = z.union([z.unknown().array(), z.unknown().transform((value) => [value])]);
const conditions = z.record(z.string(), z.record(z.string(), oneOrMore));
const statement = z.object({
  Effect: z.literal('Allow'),
  Action: oneOrMore,
  Resource: oneOrMore,
  Condition: conditions.default({}),
});

const document = z.object({ PolicyDocument: z.object({ Statement: z.array(statement) }) });
const role = z.object({ ManagedPolicyArns: z.array(z.unknown()).default([]), Policies: z.array(document).default([]) });
const policy = document.extend({ Roles: z.array(z.object({ Ref: z.string() })) });
const template = z.object({
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
  ),
});

const roleTitles = [
  ['Http', '画面とAPI'],
  ['ExportNode', '出力'],
  ['DisposalNode', '廃棄'],
  ['DailyExports', '定例の出力の起動'],
  ['DailyDisposals', '定例の廃棄の起動'],
  ['GatewayLogsaccess', 'アクセスログの保存'],
  ['GatewayLogsfirewall', '遮断の記録の保存'],
  ['GatewayLogssignin', 'サインインの記録の保存'],
  ['BackupRole', '毎月の控え'],
  ['BackupRestoreRole', '控えからの復元（人が使うときだけ）'],
  ['BackupCheck', '大阪の控えの確認'],
  ['BackupDailyCheck', '大阪の控えの確認の起動'],
  ['BackupOsakaRole', '大阪の保管庫の作成（配備のときだけ動く）'],
] as const;

const reference = z.object({ Ref: z.string() });
const attribute = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) });
const joined = z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) });

/** The name that the stack's source gives, without the hash that makes it unique. */
function nameOf(logicalId: string): string {
  return logicalId.replace(/[0-9A-F]{8}$/, '');
}

/** A value of the template, its references by name. */
function text(value: unknown): string {
  if (typeof value === 'string') return value;
  const toReference = reference.safeParse(value);
  if (toReference.success) return nameOf(toReference.data.Ref);
  const toAttribute = attribute.safeParse(value);
  if (toAttribute.success) return nameOf(toAttribute.data['Fn::GetAtt'][0]);
  const [separator, parts] = joined.parse(value)['Fn::Join'];
  return parts.map(text).join(separator);
}

function code(values: readonly unknown[]): string {
  return values.map((value) => `\`${text(value)}\``).join('<br>');
}

function conditionText(condition: z.output<typeof conditions>): string {
  const told = Object.values(condition).flatMap((keys) =>
    Object.entries(keys).map(
      ([key, values]) => `\`${key}\`: ${values.map((value) => `\`${text(value)}\``).join('、')}`,
    ),
  );
  return told.length === 0 ? '—' : told.join('<br>');
}

interface Row {
  readonly role: string;
  readonly actions: string;
  readonly resources: string;
  readonly condition: string;
}

function orderOf(logicalId: string): number {
  const found = roleTitles.findIndex(([prefix]) => logicalId.startsWith(prefix));
  return found === -1 ? roleTitles.length : found;
}

function titleOf(logicalId: string): string {
  return roleTitles[orderOf(logicalId)]?.[1] ?? `\`${nameOf(logicalId)}\``;
}

/** What the rows mean, in Japanese as the document they belong to. */
const introduction = [
  '# 別紙 権限の一覧',
  '',
  'この表は、配備の定義（CloudFormation テンプレート）から `npm run evidence` が作成したものです。手で書き換えません。',
  'プログラムと仕組みのそれぞれに役割（IAM ロール）が1つあり、役割はこの表にない操作を許可されていません。',
  '対象の名前はテンプレートの中の名前です。`Table` は回答などの表、`Bucket` は出力・公表ファイルと回答に添付されたファイル、`GatewayLogsBucket` はアクセスログ、`Key` は暗号鍵です。',
  '',
];

export function grantsTable(given: unknown): string {
  const resources = Object.entries(template.parse(given).Resources);
  const rowsOf = (roleId: string, { PolicyDocument: { Statement } }: z.output<typeof document>): Row[] =>
    Statement.map(({ Action, Resource, Condition }) => ({
      role: roleId,
      actions: code(Action),
      resources: code(Resource),
      condition: conditionText(Condition),
    }));
  const managed = resources.flatMap(([id, { Type, Properties }]): Row[] => {
    if (Type !== 'AWS::IAM::Role') return [];
    const { ManagedPolicyArns, Policies } = role.parse(Properties);
    return [
      ...ManagedPolicyArns.map((arn) => ({
        role: id,
        actions: `AWS管理ポリシー \`${text(arn).split('/').at(-1)}\``,
        resources: '（同左）',
        condition: '—',
      })),
      ...Policies.flatMap((inline) => rowsOf(id, inline)),
    ];
  });
  const own = resources.flatMap(([, { Type, Properties }]): Row[] => {
    if (Type !== 'AWS::IAM::Policy') return [];
    const parsed = policy.parse(Properties);
    return parsed.Roles.flatMap(({ Ref }) => rowsOf(Ref, parsed));
  });
  const rows = [...managed, ...own].toSorted((a, b) => orderOf(a.role) - orderOf(b.role));
  return [
    ...introduction,
    '| 役割 | 許可する操作 | 対象 | 条件 |',
    '|---|---|---|---|',
    ...rows.map((row) => `| ${[titleOf(row.role), row.actions, row.resources, row.condition].join(' | ')} |`),
    '',
  ].join('\n');
}
