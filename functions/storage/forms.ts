/**
 * Versions of forms (調査票) that the prefecture wrote, and those that ship and a round pins: each has one item, and its
 * document another that never changes. A draft is replaced by the next one; adopted it stays as it is.
 */

import type { FormDocument } from '../../schemas/document/form-document.ts';
import type { PinnedDocuments } from '../../schemas/round.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { StorageContext } from './context.ts';
import { loadDocuments, putDocument, readDocumentText } from './form-documents.ts';
import type { SealedDocument } from './form-documents.ts';
import { formItem, formLogItem } from './items.ts';
import type { FormChange, FormItem } from './items.ts';
import { formDocumentKey, formKey, formLogKey, formLogPrefix, formPrefix, isFormKey } from './keys.ts';
import { readAll, readItem } from './reads.ts';
import { putNew, transact } from './transact.ts';
import type { TransactionStep, Write } from './transact.ts';

/** What is to become of a version. */
type FormDecision =
  | { readonly what: 'saved'; readonly sealed: SealedDocument }
  | { readonly what: 'adopted' | 'revoked' }
  /** It is so already. */
  | { readonly what: 'settled' };

/** A version that a round pins from now on. One that only ships is stored with it. */
export interface FormPin {
  readonly form: string;
  readonly version: number;
  readonly sha256: string;
  readonly shipped?: SealedDocument | undefined;
}

interface Forms {
  /** Every version kept, by form and number. */
  storedForms(): Promise<FormItem[]>;
  storedForm(form: string, version: number): Promise<FormItem | undefined>;
  /** The canonical JSON of a document. Throws for one that is not kept. */
  documentText(sha256: string): Promise<string>;
  /** Has documents at hand that are pinned by nobody yet. */
  loadForms(documents: PinnedDocuments): Promise<void>;
  /** Who did what to a version, oldest first. */
  formHistory(form: string, version: number): Promise<FormChange[]>;
  /**
   * Makes of a version what `decide` wants, given how it stands. Refuses what it refuses, what is no name of a form
   * (`not-found`) and what is too large to keep (`too-large`).
   */
  changeForm(
    form: string,
    version: number,
    actor: string,
    decide: (before: FormItem | undefined) => Outcome<FormDecision>,
  ): Promise<Outcome<{ item: FormItem; created: boolean }>>;
}

function textsOf({ title, units }: FormDocument): Pick<FormItem, 'title' | 'units'> {
  return { title, units };
}

/** The writes by which a round pins a version: it stays as it is from then on. */
export function pinForm(
  { table, now }: StorageContext,
  { form, version, sha256, shipped }: FormPin,
  by: { readonly actor: string; readonly operation: string },
): Write[] {
  if (shipped === undefined)
    return [
      {
        Update: {
          TableName: table,
          Key: formKey(form, version),
          UpdateExpression: 'SET pinned = :true',
          ConditionExpression: 'sha256 = :sha256 AND #state <> :draft',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':true': true, ':sha256': sha256, ':draft': 'draft' },
        },
      },
    ];
  const item: FormItem = {
    form,
    version,
    state: 'shipped',
    sha256,
    ...textsOf(shipped.document),
    savedAt: now().toISOString(),
    savedBy: by.actor,
    pinned: true,
    revision: 1,
    operation: by.operation,
  };
  return [putNew(table, { ...formKey(form, version), ...item }), putDocument(table, shipped)];
}

/** DynamoDB keeps at most 400 KB in an item; a document of a thousand questions has some 30. */
const mostTextBytes = 1024 * 1024;

export function createForms(context: StorageContext): Forms {
  const { table } = context;

  async function storedForm(form: string, version: number): Promise<FormItem | undefined> {
    return isFormKey(form, version)
      ? formItem.optional().parse(await readItem(context, formKey(form, version)))
      : undefined;
  }

  function changed(
    key: Pick<FormItem, 'form' | 'version'>,
    before: FormItem | undefined,
    decision: Exclude<FormDecision, { what: 'settled' }>,
    { actor, at, operation }: { readonly actor: string; readonly at: string; readonly operation: string },
  ): FormItem | undefined {
    const revision = (before?.revision ?? 0) + 1;
    if (decision.what === 'saved') {
      const { document, sha256 } = decision.sealed;
      const saved = { savedAt: at, savedBy: actor };
      return { ...key, state: 'draft', sha256, ...textsOf(document), ...saved, revision, operation };
    }
    if (before === undefined) return undefined;
    const { adoptedAt: _at, adoptedBy: _by, ...rest } = before;
    return decision.what === 'adopted'
      ? { ...rest, state: 'adopted', adoptedAt: at, adoptedBy: actor, revision, operation }
      : { ...rest, state: 'draft', revision, operation };
  }

  return {
    storedForm,

    storedForms: async () => {
      const items = await readAll(context, { pk: formKey('', 0).pk, prefix: formPrefix });
      return items.map((item) => formItem.parse(item));
    },

    documentText: async (sha256) => {
      const text = await readDocumentText(context, sha256);
      if (text === undefined) throw new Error(`document ${sha256} is not kept`);
      return text;
    },

    loadForms: (documents) => loadDocuments(context, [{ documents }]),

    formHistory: async (form, version) => {
      if (!isFormKey(form, version)) return [];
      const items = await readAll(context, { pk: formKey(form, version).pk, prefix: formLogPrefix(form, version) });
      return items.map((item) => formLogItem.parse(item).change);
    },

    changeForm: async (form, version, actor, decide) => {
      if (!isFormKey(form, version)) return refused('not-found');
      return transact<{ item: FormItem; created: boolean }>(context, async (operation) => {
        const before = await storedForm(form, version);
        const decided = decide(before);
        if (!decided.ok) return decided;
        const decision = decided.value;
        if (decision.what === 'settled') {
          if (before === undefined) return refused('not-found');
          return done({ kind: 'settled', value: { item: before, created: false } });
        }
        const at = context.now().toISOString();
        const item = changed({ form, version }, before, decision, { actor, at, operation });
        if (item === undefined) return refused('not-found');
        const sealed = decision.what === 'saved' ? decision.sealed : undefined;
        if (sealed !== undefined && sealed.text.length > mostTextBytes) return refused('too-large');
        const change: FormChange = { what: decision.what, actor, at, sha256: item.sha256 };
        const key = formKey(form, version);
        // Nothing pins a draft: its document goes with it.
        const gone = before === undefined || before.sha256 === item.sha256 ? undefined : before.sha256;
        const writes: Write[] = [
          before === undefined
            ? putNew(table, { ...key, ...item })
            : {
                Put: {
                  TableName: table,
                  Item: { ...key, ...item },
                  // Also where a round pinned it meanwhile.
                  ConditionExpression: 'operation = :before AND attribute_not_exists(pinned)',
                  ExpressionAttributeValues: { ':before': before.operation },
                },
              },
          ...(sealed === undefined ? [] : [putDocument(table, sealed)]),
          ...(gone === undefined ? [] : [{ Delete: { TableName: table, Key: formDocumentKey(gone) } }]),
          putNew(table, { ...formLogKey(form, version, item.revision), change: JSON.stringify(change) }),
        ];
        const step: TransactionStep<{ item: FormItem; created: boolean }> = {
          kind: 'write',
          writes,
          proof: key,
          value: { item, created: before === undefined },
        };
        return done(step);
      });
    },
  };
}
