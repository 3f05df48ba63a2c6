/** The questionnaires of an export as documents (`forms/<form>-<version>.json`), so that its files explain themselves. */

import { unpinned } from '../../schemas/round-forms.ts';
import type { PinnedDocuments } from '../../schemas/round.ts';
import { shippedDocument } from '../storage/form-documents.ts';
import type { ExportDeps } from './deps.ts';
import type { WrittenFile } from './files/formats.ts';
import { WorkFolder } from './files/work-folder.ts';
import type { Snapshot } from './snapshot.ts';

interface WrittenDocuments {
  /** The SHA-256 of each, by form; none of a form that is no valid document. */
  readonly documents: PinnedDocuments;
  readonly files: readonly WrittenFile[];
}

export function documentPath(form: string, version: number): string {
  return `forms/${form}-${version}.json`;
}

/** Writes the documents that the round pins; of a round that pins none, those of the forms that shipped then. */
export async function writeFormDocuments(
  { store, forms }: Pick<ExportDeps, 'forms'> & { readonly store: Pick<ExportDeps['store'], 'documentText'> },
  { round, forms: counted }: Pick<Snapshot, 'round' | 'forms'>,
  directory: string,
): Promise<WrittenDocuments> {
  const folder = new WorkFolder(directory);
  const documents: Record<string, string> = {};
  const files: WrittenFile[] = [];
  try {
    for (const { form } of counted) {
      const { id, version } = form;
      const pinned = round.documents?.[id];
      const text =
        pinned === undefined ? shippedDocument(unpinned(forms, id, version))?.text : await store.documentText(pinned);
      if (text === undefined) continue;
      const file = await folder.write(documentPath(id, version), 1, text);
      documents[id] = file.sha256;
      files.push(file);
    }
  } finally {
    await folder.close();
  }
  return { documents, files };
}
