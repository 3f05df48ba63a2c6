/** Questionnaires of one section that hang on what was answered last, as the prefecture stores and adopts them. */

import type { Json } from '../../../schemas/values/json.ts';
import { ok } from './fixtures.ts';
import type { TestSystem } from './system.ts';

export async function adoptQuestionnaire(
  { prefecture }: TestSystem,
  id: string,
  questions: readonly Json[],
): Promise<void> {
  const document = {
    format: 1,
    id,
    version: 2025,
    title: '取組の継続に関する調査',
    units: 'municipality',
    sections: [{ key: 'q', label: '取組', questions }],
  };
  const address = `/api/forms/${id}/2025`;
  const saved = ok(await prefecture.put(address, document, { 'if-none-match': '*' }));
  const seen = { 'if-match': saved.headers.get('etag') ?? '' };
  ok(await prefecture.post(`${address}/adoption`, undefined, seen));
}
