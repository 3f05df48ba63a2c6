/**
 * Documents of forms by their hash. They never change, so that a process reads each once: with the rounds that pin them,
 * before anybody asks which forms these have. What a document says is worked out when its form is asked for.
 */

import { gunzipSync, gzipSync } from 'node:zlib';
import canonicalize from 'canonicalize';
import { formOfKept } from '../../schemas/document/form.ts';
import { documentOf } from '../../schemas/document/of-form.ts';
import { keptDocument } from '../../schemas/document/form-document.ts';
import type { FormDocument } from '../../schemas/document/form-document.ts';
import { FormError } from '../../schemas/form-drafts.ts';
import type { Form } from '../../schemas/form.ts';
import type { Json } from '../../schemas/values/json.ts';
import { keepDocument, knowsDocument } from '../../schemas/round-forms.ts';
import type { PinnedDocuments } from '../../schemas/round.ts';
import type { StorageContext } from './context.ts';
import { formDocumentItem } from './items.ts';
import { formDocumentKey } from './keys.ts';
import { readItem, readItems } from './reads.ts';
import type { StoredItem } from './reads.ts';
import { sha256 } from './seal.ts';
import type { Write } from './transact.ts';

/** A document as it is stored and exported: its canonical JSON (RFC 8785) and the SHA-256 of that. */
export interface SealedDocument {
  readonly document: FormDocument;
  readonly text: string;
  readonly sha256: string;
}

export function sealDocument(document: FormDocument): SealedDocument {
  const text = canonicalize(document) ?? '';
  return { document, text, sha256: sha256(text) };
}

export function putDocument(table: string, { text, sha256 }: SealedDocument): Write {
  return { Put: { TableName: table, Item: { ...formDocumentKey(sha256), gzip: gzipSync(text) } } };
}

export function documentTextOf(item: StoredItem): string {
  return gunzipSync(formDocumentItem.parse(item).gzip).toString('utf8');
}

/** The canonical JSON of a document; none where it is not kept. */
export async function readDocumentText(context: StorageContext, sha256: string): Promise<string | undefined> {
  const item = await readItem(context, formDocumentKey(sha256));
  return item && documentTextOf(item);
}

/** They are read when they are first asked for. */
function withRulesRead(form: Form): Form {
  const { rules: _rules, measures: _measures } = form;
  return form;
}

/**
 * The form that a kept document says; none where it is written in a vocabulary that this release does not know. Its rules are
 * read with it: one that this release cannot read makes the form unreadable, not the first page that asks for it fail.
 */
export function formOfText(text: string): Form | undefined {
  const value: Json = JSON.parse(text);
  const document = keptDocument(value);
  try {
    return document && withRulesRead(formOfKept(document));
  } catch (error) {
    if (error instanceof FormError) return undefined;
    throw error;
  }
}

const shipped = new WeakMap<Form, SealedDocument | undefined>();

/** The document of a form that ships; none of one that is no valid document. */
export function shippedDocument(form: Form | undefined): SealedDocument | undefined {
  if (form === undefined) return undefined;
  if (!shipped.has(form)) {
    const document = documentOf(form);
    const sealed = document && sealDocument(document);
    shipped.set(form, sealed);
    if (sealed !== undefined) keepDocument(sealed.sha256, form.id, () => form);
  }
  return shipped.get(form);
}

/** As many as one request takes. */
const mostItems = 100;

/** Reads the documents that rounds pin, as far as this process does not know them. */
export async function loadDocuments(
  context: StorageContext,
  rounds: readonly { readonly documents?: PinnedDocuments | undefined }[],
): Promise<void> {
  const pinned = rounds.flatMap(({ documents }) => Object.entries(documents ?? {}));
  const wanted = [...new Map(pinned.map(([form, hash]) => [hash, form]))].filter(([hash]) => !knowsDocument(hash));
  for (let from = 0; from < wanted.length; from += mostItems) {
    const some = wanted.slice(from, from + mostItems);
    const items = await readItems(
      context,
      some.map(([hash]) => formDocumentKey(hash)),
    );
    for (const [index, [hash, form]] of some.entries()) {
      const item = items[index];
      if (item === undefined) throw new Error(`document ${hash} is pinned and not kept`);
      keepDocument(hash, form, () => formOfText(documentTextOf(item)));
    }
  }
}
