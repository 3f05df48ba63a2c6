/** Whether the files that answers name were sent, and may be given out. */

import type { Form } from '../../schemas/form.ts';
import { problems } from '../../schemas/problem.ts';
import type { FieldError } from '../../schemas/problem.ts';
import type { Answers } from '../../schemas/values/json.ts';
import type { ReturnKey } from '../../schemas/return.ts';
import { sameAnswers } from '../../schemas/values/same-answers.ts';
import type { FileAnswer } from '../../schemas/values/file-answer.ts';
import { namedFiles } from '../domain/files.ts';
import type { Store } from '../storage/store.ts';
import type { Uploads, UploadState } from '../storage/uploads.ts';

function isSame(one: FileAnswer, { type, bytes }: FileAnswer): boolean {
  return one.type === type && one.bytes === bytes;
}

/** Files that were not sent for this return, or were something else; those of the draft before are known. */
export async function unknownFiles(
  store: Pick<Store, 'files'>,
  key: ReturnKey,
  form: Form,
  before: Answers,
  after: Answers,
): Promise<FieldError[]> {
  const kept = namedFiles(form, before).map(({ file }) => file);
  const added = namedFiles(form, after).filter(({ file }) => !kept.some((each) => sameAnswers(each, file)));
  if (added.length === 0) return [];
  const known = await store.files(
    key,
    added.map(({ file }) => file.sha256),
  );
  return added.flatMap(({ path, file }) => {
    const sent = known.get(file.sha256);
    if (sent !== undefined && isSame(sent, file)) return [];
    return [{ path, code: 'unknown-file', message: problems['unknown-file'].title }];
  });
}

const unready: Readonly<Record<Exclude<UploadState, 'ready'>, Pick<FieldError, 'code' | 'message'>>> = {
  missing: {
    code: 'file-missing',
    message: 'ファイルの内容が失われています。削除して、もう一度登録してください。',
  },
  unscanned: { code: 'file-unscanned', message: problems['file-unscanned'].title },
  infected: { code: 'file-infected', message: problems['file-infected'].title },
};

/** Files whose content could not be given to whoever reads the return. */
export async function unreadyFiles(
  uploads: Pick<Uploads, 'stateOf'>,
  key: ReturnKey,
  form: Form,
  answers: Answers,
): Promise<FieldError[]> {
  const errors: FieldError[] = [];
  for (const { path, file } of namedFiles(form, answers)) {
    const state = await uploads.stateOf(key, file.sha256);
    if (state !== 'ready') errors.push({ path, ...unready[state] });
  }
  return errors;
}
