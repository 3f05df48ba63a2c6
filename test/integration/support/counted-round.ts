/** Exports of a round that goes on meanwhile: held while it does, and held against the log. */

import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { expect } from 'vitest';
import { LogFold, logEntry, returnName } from '../../../functions/domain/log.ts';
import type { LogEntry, RoundState } from '../../../functions/domain/log.ts';
import type { StorageContext } from '../../../functions/storage/context.ts';
import { manifest as manifestSchema, summary as summarySchema } from '../../../schemas/export.ts';
import type { Manifest } from '../../../schemas/export.ts';
import { exportedFile, ok } from './fixtures.ts';
import type { TestSystem } from './system.ts';

export const round = '/api/rounds/R6';
export const form = 'municipal-survey';

/** Holds exports between reading the log and reading the versions, so that what happens meanwhile surely does. */
export class Gate {
  #open: Promise<void> = Promise.resolve();

  /** Gives what opens it again. */
  close(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#open = promise;
    return resolve;
  }

  /** Calls that read versions of returns in bulk, as exports do, wait while the gate is closed. */
  readonly alter = (storage: StorageContext): StorageContext => {
    storage.client.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          if (commandName === 'BatchGetItemCommand' && /"V#\d/.test(JSON.stringify(args.input))) await this.#open;
          return next(args);
        },
      { step: 'initialize', priority: 'high' },
    );
    return storage;
  };
}

interface Counted {
  readonly unit: string;
  readonly state: string;
  readonly version: number;
}

export interface Exported {
  readonly exportId: string;
  readonly manifest: Manifest;
  readonly file: (path: string) => Promise<string>;
}

export const records = (text: string): Record<string, string>[] => parse(text, { columns: true, bom: true });
const unitsOf = (rows: readonly { unit?: string }[]): string[] => rows.map(({ unit }) => unit ?? '');

export class CountedRound {
  readonly #system: TestSystem;
  readonly #codes: readonly string[];

  /** @param codes the municipalities that are asked */
  constructor(system: TestSystem, codes: readonly string[]) {
    this.#system = system;
    this.#codes = codes;
  }

  async numberedLog(): Promise<LogEntry[]> {
    const entries: LogEntry[] = [];
    let cursor = '';
    for (;;) {
      const page: { log: { seq?: number }[]; next?: string } = ok(
        await this.#system.prefecture.get(`${round}/log?limit=500${cursor}`),
      ).json();
      entries.push(...page.log.filter(({ seq }) => seq !== undefined).map((entry) => logEntry.parse(entry)));
      if (page.next === undefined) return entries;
      cursor = `&cursor=${page.next}`;
    }
  }

  /** The round after log entry `upTo`, folded from what the API tells. */
  async #roundAt(upTo: number): Promise<RoundState> {
    const fold = new LogFold();
    for (const entry of await this.numberedLog()) if (entry.seq <= upTo) fold.add(entry);
    return fold.state();
  }

  /** What counts by the contract: the version accepted last, else one that is submitted. */
  #countedIn({ returns }: RoundState): Counted[] {
    return this.#codes.flatMap((unit) => {
      const { state = '', version = 0, acceptedVersion } = returns.get(returnName(form, unit)) ?? {};
      if (acceptedVersion !== undefined) return [{ unit, state: 'accepted', version: acceptedVersion }];
      return state === 'submitted' ? [{ unit, state, version }] : [];
    });
  }

  async exported(exportId: string): Promise<Exported> {
    const file = (path: string): Promise<string> => exportedFile(this.#system, 'R6', exportId, path);
    return { exportId, manifest: manifestSchema.parse(JSON.parse(await file('manifest.json'))), file };
  }

  async until(exportId: string): Promise<Exported> {
    for (;;) {
      const { status } = ok(await this.#system.prefecture.get(`${round}/exports/${exportId}`)).json();
      if (status === 'failed') throw new Error('the export failed');
      if (status === 'done') return this.exported(exportId);
    }
  }

  /** Counts, rows, elements, bases and figures of one export agree with the log up to its N. */
  async expectConsistent({ manifest, file }: Exported): Promise<void> {
    const state = await this.#roundAt(manifest.asOf.seq);
    expect(manifest.asOf).toEqual(state.asOf);
    const counted = this.#countedIn(state);
    const accepted = counted.filter((each) => each.state === 'accepted');
    const correcting = accepted.filter(({ unit }) => state.returns.get(returnName(form, unit))?.state !== 'accepted');
    expect(manifest.forms[form]).toEqual({
      expected: 24,
      submitted: counted.length - accepted.length,
      accepted: accepted.length,
      correcting: correcting.length,
    });

    for (const [audience, returns] of [
      ['internal', counted],
      ['public', accepted],
    ] as const) {
      const units = unitsOf(returns);
      const elements: { unit: string; version?: number }[] = JSON.parse(await file(`${audience}/${form}.json`));
      expect(unitsOf(elements)).toEqual(units);
      const rows = records(await file(`${audience}/${form}.csv`));
      expect(unitsOf(rows)).toEqual(units);
      const summary = summarySchema.parse(JSON.parse(await file(`${audience}/summary.json`)));
      expect(summary).toMatchObject({ round: 'R6', asOf: manifest.asOf, municipalities: units.length, councils: 0 });
      const established = summary.rows.filter(({ question }) => question === 'establishment.status');
      expect(established.map(({ base }) => base)).toEqual(established.map(() => units.length));
      expect(established.reduce((sum, { value }) => sum + (value ?? 0), 0)).toBe(units.length);
      const providers = summary.rows.find(
        ({ question, measure }) => question === 'consultation.specific' && measure === 'sum',
      );
      const inRows = rows.reduce((sum, row) => sum + Number(row['consultation.specific']), 0);
      expect(providers).toMatchObject({ value: inRows, base: units.length });
      const centres = records(await file(`${audience}/${form}.coreCentre.centres.csv`));
      expect(centres).toHaveLength(rows.reduce((sum, row) => sum + Number(row['coreCentre.centres']), 0));
      if (audience === 'internal') {
        expect(elements.map((each) => each.version)).toEqual(returns.map(({ version }) => version));
        expect(rows.map((row) => [row['unit'], row['state'], Number(row['version'])])).toEqual(
          returns.map(({ unit, state, version }) => [unit, state, version]),
        );
        expect(established.flatMap((row) => row.units ?? []).toSorted()).toEqual(units.toSorted());
      }
    }

    for (const { path, rows, bytes, sha256 } of manifest.files) {
      const content = ok(
        await this.#system.prefecture.get(`${round}/exports/${manifest.exportId}/files/${path}`),
      ).bytes;
      expect(content.byteLength, path).toBe(bytes);
      expect(createHash('sha256').update(content).digest('hex'), path).toBe(sha256);
      if (path.endsWith('.csv')) expect(records(content.toString('utf8')), path).toHaveLength(rows);
    }
  }
}
