/** What the prefecture's forms post. Browsers send line breaks as CRLF; we keep LF. */

import { lineFeeds } from '../fields/taken.ts';
import type { WebContext } from './visit.ts';

export interface PostedForm {
  /** The trimmed value of a field; empty when it was not posted. */
  readonly text: (name: string) => string;
  /** Every value of a field, in the order of the page. */
  readonly all: (name: string) => string[];
  readonly file: (name: string) => File | undefined;
}

export async function postedForm(c: WebContext): Promise<PostedForm> {
  const form = await c.req.formData();
  const all = (name: string): string[] =>
    form.getAll(name).flatMap((value) => (typeof value === 'string' ? [lineFeeds(value).trim()] : []));
  return {
    all,
    text: (name) => all(name)[0] ?? '',
    file: (name) => {
      const value = form.get(name);
      return value instanceof File && value.size > 0 ? value : undefined;
    },
  };
}
