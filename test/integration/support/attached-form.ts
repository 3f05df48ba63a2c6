/** A small questionnaire that asks for files: one list that is the prefecture's alone, one that is public. */

import { catalogue, form } from '../../../schemas/form.ts';
import { file } from '../../../schemas/kinds/file.ts';
import { choice, list, section, text } from '../../../schemas/kinds/question.ts';
import type { TestSystem } from './system.ts';

const attachedForm = form(
  'attached',
  2025,
  { title: '添付のある調査票', units: 'municipality', help: '' },
  {
    papers: section('資料', {
      rules: file('設置要綱', 2).required(),
      minutes: file('議事録', 3).open(),
      remark: text('備考', 100),
    }),
    bodies: list('会議体', 5, {
      name: text('名称', 20).open().required(),
      access: choice('公開', { open: '公開', closed: '非公開' }),
      roster: file('名簿', 2).open(),
    }).withhold({ access: 'closed' }),
  },
);

export const attachedCatalogue = catalogue([attachedForm]);

/** Posts what is no JSON, in the name of a group. */
export async function sendAs(
  system: TestSystem,
  group: string,
  path: string,
  body: FormData | Uint8Array<ArrayBuffer>,
): Promise<Response> {
  const bearer = await system.token({ sub: group, username: group, groups: [group] });
  return fetch(`${system.url}${path}`, { method: 'POST', body, headers: { authorization: `Bearer ${bearer}` } });
}

export function formOf(name: string, content: Buffer): FormData {
  const form = new FormData();
  form.append('file', new File([new Uint8Array(content)], name));
  return form;
}
