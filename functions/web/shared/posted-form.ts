/** What the prefecture's forms post. Browsers send line breaks as CRLF; we keep LF. */

import { HTTPException } from 'hono/http-exception';
import { lineFeeds } from '../../../schemas/values/text.ts';
import type { WebContext } from './visit.ts';

export interface PostedForm {
  /** The trimmed value of a field; empty when it was not posted. */
  readonly text: (name: string) => string;
  readonly all: (name: string) => string[];
  readonly file: (name: string) => File | undefined;
  readonly files: (name: string) => File[];
}

/** The fields of a form that may carry files. Throws an HTTPException (400) for a body that is no form. */
export async function formDataOf(request: { formData(): Promise<FormData> }): Promise<FormData> {
  try {
    return await request.formData();
  } catch (cause) {
    if (cause instanceof TypeError) throw new HTTPException(400, { cause });
    throw cause;
  }
}

export async function postedForm(c: WebContext): Promise<PostedForm> {
  const form = await formDataOf(c.req);
  const all = (name: string): string[] =>
    form.getAll(name).flatMap((value) => (typeof value === 'string' ? [lineFeeds(value).trim()] : []));
  const files = (name: string): File[] =>
    form.getAll(name).flatMap((value) => (value instanceof File && value.size > 0 ? [value] : []));
  return {
    all,
    files,
    text: (name) => all(name)[0] ?? '',
    file: (name) => files(name)[0],
  };
}
