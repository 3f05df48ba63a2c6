/** A file that is sent from a page: kept, and added to the answer of its question, whoever else is saving meanwhile. */

import type { Item } from '../../../schemas/form.ts';
import type { FileAnswer } from '../../../schemas/values/file-answer.ts';
import { partAnswers } from '../../domain/draft-parts.ts';
import type { Part } from '../../domain/draft-parts.ts';
import { done, refused } from '../../domain/outcome.ts';
import type { Outcome } from '../../domain/outcome.ts';
import { stepsAlong, withAnswerAt } from '../../domain/question-path.ts';
import type { SentFile } from '../../service/files.ts';
import type { Opened } from './opened.ts';
import { saveAnswers } from './save.ts';

/** A question that takes files, where it stands among the answers. */
export interface FileQuestion {
  readonly item: Item;
  readonly path: string;
  readonly files: readonly FileAnswer[];
  readonly maxFiles: number;
}

/** The question at a path; `undefined` where there is none that takes files, or its entry is gone. */
export function fileQuestionAt(
  { form, draft }: Pick<Opened, 'form' | 'draft'>,
  path: string,
): FileQuestion | undefined {
  const names = path.split('.');
  const steps = stepsAlong(form.sections, names, draft.answers);
  const last = steps.at(-1);
  if (last === undefined || steps.length < names.length || last.index !== undefined) return undefined;
  const { item, value } = last;
  if (item.kind.files === undefined || steps.some(({ index }) => index === -1)) return undefined;
  return { item, path, files: item.kind.files(value ?? null), maxFiles: item.kind.maxEntries ?? 1 };
}

function partOf({ form }: Opened, path: string): Part {
  const [section = '', entry = ''] = path.split('.');
  const isList = form.sections.find(({ key }) => key === section)?.kind.nesting === 'entries';
  return isList ? { kind: 'entry', section, entry } : { kind: 'section', section };
}

/** How often a save that crosses another one is looked at again. */
const tries = 3;

/**
 * Refuses what is no such file, `too-many-files` where the question takes no more, and as a save does; a file that is
 * there already changes nothing.
 */
export async function attach(opened: Opened, path: string, sent: SentFile): Promise<Outcome<FileAnswer>> {
  const { visit, key, form } = opened;
  const { service, person } = visit;
  const file = await service.files.sendFile(key, sent, person.name);
  if (!file.ok) return file;
  for (let left = tries; left > 0; left -= 1) {
    const draft = await service.returns.readDraft(key);
    if (!draft.ok) return draft;
    const question = fileQuestionAt({ form, draft: draft.value }, path);
    if (question === undefined) return refused('not-found');
    if (question.files.some(({ sha256 }) => sha256 === file.value.sha256)) return done(file.value);
    if (question.files.length >= question.maxFiles) return refused('too-many-files');
    const answers = withAnswerAt(form.sections, path.split('.'), draft.value.answers, () => [
      ...question.files,
      file.value,
    ]);
    const part = partOf(opened, path);
    const ifMatch = draft.value.etag(part);
    const saved = await saveAnswers(opened, part, partAnswers(answers, part) ?? null, { ifMatch });
    if (saved.ok) return done(file.value);
    if (saved.problem.code !== 'precondition-failed') return saved;
  }
  return refused('busy');
}
