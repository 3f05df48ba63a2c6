/** A system whose one draft is saved, and what stands in its table: what is refused changes nothing of it. */

import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import canonicalize from 'canonicalize';
import type { Directory } from '../../../schemas/directory.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import { directoryFixture, ok, openRound, openSystem, returnsFixture } from './fixtures.ts';
import { startTestSystem } from './system.ts';
import type { TestSystem } from './system.ts';

export const round = '/api/rounds/R6';
export const definition = openRound({ 'municipal-survey': 2024, 'council-report': 2024 });
/** さいたま市, whose draft is saved. */
export const saved = '111007';
export const draft = `${round}/returns/municipal-survey/${saved}`;

export interface RefusingSystem {
  readonly system: TestSystem;
  readonly directory: Directory;
  readonly survey: Answers;
  /** All that the table holds but who looked and who was refused, as text. */
  readonly stored: () => Promise<string>;
}

export async function startRefusingSystem(): Promise<RefusingSystem> {
  const system = await startTestSystem();
  const directory = await directoryFixture('saitama-r6');
  await openSystem(system, directory, 'R6', definition);
  const survey = (await returnsFixture('saitama-r6/municipal-survey.json'))[saved] ?? {};
  ok(await system.municipality(saved).put(draft, { answers: survey }, { 'if-none-match': '*' }));
  // Whoever looks numbers the events that wait.
  ok(await system.prefecture.get(`${round}/returns`));
  const { client, table } = system.storage;
  const stored = async (): Promise<string> => {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new ScanCommand({ TableName: table, ConsistentRead: true }),
    );
    if (LastEvaluatedKey !== undefined) throw new Error('more is stored than one request reads');
    const lasting = Items.filter(({ pk }) => !/^(?:ACCESS|SESSION)#/.test(String(pk)));
    return lasting
      .map((item) => canonicalize(item) ?? '')
      .toSorted()
      .join('\n');
  };
  return { system, directory, survey, stored };
}
