/** What an earlier release shipped under a number, for the rounds of its time, which pin that number and no document. */

import { formOfKept } from './form.ts';
import { keptDocument } from './form-document.ts';
import type { Form } from '../form.ts';
import type { Json } from '../values/json.ts';

/** The form of a document that is frozen in the repository, made when such a round is first read. */
export function released(document: Json): () => Form {
  let form: Form | undefined;
  return () => {
    if (form !== undefined) return form;
    const kept = keptDocument(document);
    if (kept === undefined) throw new Error('a released document can be read no more');
    form = formOfKept(kept);
    return form;
  };
}
