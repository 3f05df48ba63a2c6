/**
 * A form that ships → its document, so that a round keeps what it asked whatever later releases ship, and a prefecture
 * can change it for the next year. None where the form says what no document can, such as a check that is a function.
 */

import { readDocument } from '../form-document.ts';
import type { FormDocument } from '../form-document.ts';
import type { Form } from '../form.ts';
import { documentMembers } from '../kinds/documents.ts';
import { kindOf } from '../kinds/kinds.ts';
import type { Fields } from '../question.ts';
import type { Json } from '../return.ts';
import { formOfDocument } from './form.ts';

class NotSaid extends Error {}

function questionsOf(fields: Fields): Json[] {
  return Object.entries(fields).map(([key, { definition }]): Json => {
    const members = documentMembers(definition);
    if (members === undefined) throw new NotSaid(key);
    // The rows of a table are said by its own members.
    const kind = kindOf(definition);
    const isTable = kind.nesting === 'fields' && kind.table !== undefined;
    const inside = kind.fields === undefined || isTable ? {} : { questions: questionsOf(kind.fields) };
    return { key, ...members, ...inside };
  });
}

function written({ id, version, title, units, help, report, fields }: Form): Json {
  const outline: Json = report === undefined ? null : JSON.parse(JSON.stringify(report));
  return {
    id,
    version,
    title,
    units,
    help,
    sections: questionsOf(fields),
    ...(outline === null ? {} : { report: outline }),
  };
}

export function documentOf(form: Form): FormDocument | undefined {
  if ((form.parts.rules ?? []).length > 0 || (form.parts.measures ?? []).length > 0) return undefined;
  try {
    const read = readDocument(written(form));
    return 'document' in read && 'form' in formOfDocument(read.document) ? read.document : undefined;
  } catch (error) {
    if (error instanceof NotSaid) return undefined;
    throw error;
  }
}
