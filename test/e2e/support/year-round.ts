/** The round of a prefecture's year: what it asks, what municipalities answer by programs, what is mailed to them. */

import { expect } from 'vitest';
import { readMessage } from '../../../infra/local/outbox.ts';
import { ok } from '../../integration/support/fixtures.ts';
import type { TestSystem } from '../../integration/support/system.ts';

export const forms = { kouhan: '後半期の開催状況', zenhan: '前半期の開催状況' };
export const towns = { kawagoe: '112011', kumagaya: '112020', tokorozawa: '112089', wako: '112291' } as const;

function questionnaire(id: keyof typeof forms) {
  const held = { key: 'held', kind: 'count', label: '開催回数', unit: '回', required: true };
  const memo = { key: 'memo', kind: 'text', label: '特色', maxLength: 200, visibility: 'open' };
  const sections = [{ key: 'q', label: '開催状況', questions: [held, memo] }];
  return { format: 1, id, version: 2025, title: forms[id], units: 'municipality', help: '', sections };
}

export const japan = (time: string): Date => new Date(`${time}:00+09:00`);

export const place = (form: string, unit: string): string => `/rounds/R7/returns/${form}/${unit}`;

export class YearRound {
  readonly #system: TestSystem;
  /** How many mails were looked at. */
  #read = 0;

  constructor(system: TestSystem) {
    this.#system = system;
  }

  async adoptQuestionnaires(): Promise<void> {
    const { prefecture } = this.#system;
    for (const id of ['kouhan', 'zenhan'] as const) {
      ok(await prefecture.put(`/api/forms/${id}/2025`, questionnaire(id)));
      ok(await prefecture.post(`/api/forms/${id}/2025/adoption`));
    }
  }

  async answer(form: string, unit: string, q: Record<string, unknown>): Promise<void> {
    const client = this.#system.municipality(unit);
    const path = `/api${place(form, unit)}`;
    const { headers, status } = await client.get(path);
    const etag = status === 200 ? headers.get('etag') : null;
    ok(await client.put(path, { answers: { q } }, etag === null ? { 'if-none-match': '*' } : { 'if-match': etag }));
    ok(await client.post(`${path}/submission`));
  }

  async standings(): Promise<Record<string, number>> {
    const { returns } = ok(await this.#system.prefecture.get('/api/rounds/R7/returns')).json();
    const counts: Record<string, number> = {};
    for (const { state } of returns) counts[state] = (counts[state] ?? 0) + 1;
    return counts;
  }

  /** What has come into the outbox since it was last looked at: to whom, and what it tells of. */
  async newMails(): Promise<string[]> {
    const all = [...(await this.#system.outbox.messages()).values()].map(readMessage);
    const since = all.slice(this.#read);
    this.#read = all.length;
    return since.map(({ to, subject }) => `${to.replace('@town.example', '')} ${subject}`).toSorted();
  }

  /** The schedule's minute before, which sends nothing, and the minute itself. */
  async mailsAt(time: string): Promise<string[]> {
    const at = japan(time);
    await this.#system.sendMails(new Date(at.getTime() - 60_000));
    expect(await this.newMails()).toEqual([]);
    await this.#system.sendMails(at);
    // The schedule is delivered at least once.
    await this.#system.sendMails(at);
    return this.newMails();
  }
}
