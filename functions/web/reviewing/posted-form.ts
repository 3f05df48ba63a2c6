/** What the prefecture's forms post. Browsers send line breaks as CRLF; we keep LF. */

import type { WebContext } from '../visit.ts';

export interface PostedForm {
  /** The trimmed value of a field; empty when it was not posted. */
  readonly text: (name: string) => string;
  /** Every value of a field, in the order of the page. */
  readonly all: (name: string) => string[];
  readonly file: (name: string) => File | undefined;
}

function unixLines(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').trim();
}

export async function postedForm(c: WebContext): Promise<PostedForm> {
  const form = await c.req.formData();
  const all = (name: string): string[] => form.getAll(name).flatMap((value) => (typeof value === 'string' ? [unixLines(value)] : []));
  return {
    all,
    text: (name) => all(name)[0] ?? '',
    file: (name) => {
      const value = form.get(name);
      return value instanceof File && value.size > 0 ? value : undefined;
    },
  };
}
