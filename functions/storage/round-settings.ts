/** What the prefecture says about a round beside its definition: one record each, replaced whole, every change with who did it. */

import * as z from 'zod';
import { publicAddress } from '../../schemas/edition.ts';
import type { PublicAddress } from '../../schemas/edition.ts';
import { handout } from '../../schemas/handout.ts';
import type { Handout } from '../../schemas/handout.ts';
import { mailSettings } from '../../schemas/mail.ts';
import type { MailSettings } from '../../schemas/mail.ts';
import { prefilled } from '../../schemas/prefilled.ts';
import type { Prefilled } from '../../schemas/prefilled.ts';
import { reportSettings } from '../../schemas/report-settings.ts';
import type { ReportSettings } from '../../schemas/report-settings.ts';
import { roundTexts } from '../../schemas/round-texts.ts';
import type { RoundTexts } from '../../schemas/round-texts.ts';
import { done } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { StorageContext } from './context.ts';
import { putOver } from './export-items.ts';
import {
  accessKey,
  handoutKey,
  isRoundId,
  mailSettingsKey,
  prefilledKey,
  publicAddressKey,
  reportKey,
  textsKey,
} from './keys.ts';
import type { ItemKey } from './keys.ts';
import { accessText } from './items.ts';
import type { AccessRecord } from './items.ts';
import { readItem } from './reads.ts';
import { putNew, transact } from './transact.ts';
import type { TransactionStep } from './transact.ts';

export interface KeptSettings<T> {
  readonly settings: T;
  /** Counts the changes; 0 before the first. */
  readonly revision: number;
}

interface SettingsRecord<T> {
  /** Nothing said, of revision 0, where nobody has changed them yet. */
  readonly read: (round: string) => Promise<KeptSettings<T>>;
  /** Replaces them with what `decide` wants, `undefined` for no change, and records who did. Refuses what it refuses. */
  readonly change: (
    round: string,
    actor: string,
    decide: (kept: KeptSettings<T>) => Outcome<T | undefined>,
  ) => Promise<Outcome<KeptSettings<T>>>;
}

interface SettingsKind<T> {
  readonly keyOf: (round: string) => ItemKey;
  readonly schema: z.ZodType<T>;
  /** Before anybody has said anything. */
  readonly nothing: T;
  /** What the log calls a change to what is given. */
  readonly what: (settings: T) => AccessRecord['what'];
}

function settingsRecord<T>(
  context: StorageContext,
  { keyOf, schema, nothing, what }: SettingsKind<T>,
): SettingsRecord<T> {
  const { table, now, randomId } = context;
  const stored = z.object({ settings: z.string(), revision: z.int().positive(), operation: z.string() });

  async function read(round: string): Promise<KeptSettings<T> & { readonly operation?: string }> {
    const item = isRoundId(round) ? await readItem(context, keyOf(round)) : undefined;
    if (item === undefined) return { settings: nothing, revision: 0 };
    const { settings, ...rest } = stored.parse(item);
    return { ...rest, settings: schema.parse(JSON.parse(settings)) };
  }

  return {
    read: async (round) => {
      const { settings, revision } = await read(round);
      return { settings, revision };
    },
    change: (round, actor, decide) =>
      transact<KeptSettings<T>>(context, async (operation) => {
        const { settings: kept, revision, operation: before } = await read(round);
        const wanted = decide({ settings: kept, revision });
        if (!wanted.ok) return wanted;
        const settings = wanted.value;
        if (settings === undefined)
          return done<TransactionStep<KeptSettings<T>>>({ kind: 'settled', value: { settings: kept, revision } });
        const value = { settings, revision: revision + 1 };
        const item = { ...keyOf(round), settings: JSON.stringify(settings), revision: value.revision, operation };
        const at = now().toISOString();
        const record: AccessRecord = { what: what(settings), actor, at };
        const writes = [
          before === undefined ? putNew(table, item) : putOver(table, item, before),
          putNew(table, { ...accessKey(round, at, randomId()), record: accessText(record) }),
        ];
        return done<TransactionStep<KeptSettings<T>>>({ kind: 'write', writes, proof: keyOf(round), value });
      }),
  };
}

interface RoundSettings {
  readonly reportSettings: SettingsRecord<ReportSettings>['read'];
  readonly changeReportSettings: SettingsRecord<ReportSettings>['change'];
  readonly handout: SettingsRecord<Handout>['read'];
  readonly changeHandout: SettingsRecord<Handout>['change'];
  readonly roundTexts: SettingsRecord<RoundTexts>['read'];
  readonly changeRoundTexts: SettingsRecord<RoundTexts>['change'];
  readonly prefilled: SettingsRecord<Prefilled>['read'];
  readonly changePrefilled: SettingsRecord<Prefilled>['change'];
  readonly publicAddress: SettingsRecord<PublicAddress>['read'];
  readonly changePublicAddress: SettingsRecord<PublicAddress>['change'];
  readonly mailSettings: SettingsRecord<MailSettings>['read'];
  readonly changeMailSettings: SettingsRecord<MailSettings>['change'];
}

export function createRoundSettings(context: StorageContext): RoundSettings {
  const report = settingsRecord<ReportSettings>(context, {
    keyOf: reportKey,
    schema: reportSettings,
    nothing: {},
    what: () => 'reportSettingsChanged',
  });
  const ofHandout = settingsRecord<Handout>(context, {
    keyOf: handoutKey,
    schema: handout,
    nothing: {},
    what: () => 'reportSettingsChanged',
  });
  const texts = settingsRecord<RoundTexts>(context, {
    keyOf: textsKey,
    schema: roundTexts,
    nothing: {},
    what: () => 'roundTextsChanged',
  });
  const held = settingsRecord<Prefilled>(context, {
    keyOf: prefilledKey,
    schema: prefilled,
    nothing: [],
    what: () => 'prefilledChanged',
  });
  const mails = settingsRecord<MailSettings>(context, {
    keyOf: mailSettingsKey,
    schema: mailSettings,
    nothing: {},
    what: () => 'mailSettingsChanged',
  });
  const address = settingsRecord<PublicAddress>(context, {
    keyOf: publicAddressKey,
    schema: publicAddress,
    nothing: { isOpen: false, changes: [] },
    what: ({ isOpen }) => (isOpen ? 'publicAddressOpened' : 'publicAddressClosed'),
  });
  return {
    publicAddress: address.read,
    changePublicAddress: address.change,
    reportSettings: report.read,
    changeReportSettings: report.change,
    handout: ofHandout.read,
    changeHandout: ofHandout.change,
    roundTexts: texts.read,
    changeRoundTexts: texts.change,
    prefilled: held.read,
    changePrefilled: held.change,
    mailSettings: mails.read,
    changeMailSettings: mails.change,
  };
}
