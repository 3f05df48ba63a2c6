/** Taking the directory over from a spreadsheet: what would change is shown first, then applied. */

import type { Hono } from 'hono';
import { dayInJapan } from '../../../schemas/round.ts';
import { readDay, versionOn } from '../../domain/directory-calendar.ts';
import type { RowError } from './directory/directory-csv.ts';
import { importDirectory, unpackDirectory } from './directory/import.ts';
import { withParameters } from '../shared/address.ts';
import { admitted, refusalPage } from '../shared/admission.tsx';
import { postedForm } from '../shared/posted-form.ts';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';
import { standingOn } from '../../../schemas/directory-on-day.ts';
import { affectedRounds } from './directory-effects.tsx';
import { listPlanPage } from './directory-list-view.tsx';
import { proposalPage, uploadPage } from './directory-import-view.tsx';
import type { Held, UploadProps } from './directory-import-view.tsx';
import { readTableFile } from './table-file.tsx';

async function heldOn({ service: { store }, now }: Visit, validFrom: string | undefined): Promise<Held> {
  const calendar = await store.directoryCalendar();
  const day = validFrom ?? dayInJapan(now);
  const version = versionOn(calendar, day);
  return { calendar, day, directory: version === undefined ? undefined : await store.directoryDocument(version) };
}

async function showUpload(c: WebContext, visit: Visit): Promise<Response> {
  const { directory } = await heldOn(visit, undefined);
  return uploadPage(c, { visit, directory, errors: [], prefecture: '', validFrom: '' });
}

async function apply(c: WebContext, visit: Visit, packed: string, seen: string): Promise<Response> {
  const { service, person, paths } = visit;
  const proposal = unpackDirectory(packed);
  if (proposal === undefined)
    return refusalPage(c, { code: 'invalid-directory' }, { href: paths.directoryImport, label: 'ファイルを選び直す' });
  const saved = await service.saveDirectories([proposal], person.name, Number(seen));
  if (saved.ok) return c.redirect(withParameters(paths.directory, { done: 'imported' }), 303);
  if (saved.problem.code !== 'directory-changed') return refusalPage(c, saved.problem);
  return refusalPage(
    c,
    {
      code: 'precondition-failed',
      detail: '名簿は更新されていません。もう一度ファイルを選び、変更点を確かめてください。',
    },
    { href: paths.directoryImport, label: 'ファイルを選び直す' },
  );
}

async function postImport(c: WebContext, visit: Visit): Promise<Response> {
  const post = await postedForm(c);
  const packed = post.text('proposal');
  if (packed !== '') return apply(c, visit, packed, post.text('seen'));
  const validFrom = readDay(post.text('validFrom'));
  const held = await heldOn(visit, validFrom);
  const { directory } = held;
  const again = (wrong: UploadProps['wrong'], errors: readonly RowError[] = []): Response | Promise<Response> =>
    uploadPage(c, {
      visit,
      directory,
      errors,
      wrong,
      prefecture: post.text('prefecture'),
      validFrom: post.text('validFrom'),
    });
  const bytes = await readTableFile(post.file('file'));
  if (typeof bytes === 'string') return again({ field: 'file', message: bytes });
  if (post.text('validFrom') !== '' && validFrom === undefined)
    return again({ field: 'validFrom', message: '「この名簿が有効になる日」は年月日で入力してください。' });
  // The day that the page shows, which tomorrow would no longer be today.
  const imported = await importDirectory({
    bytes,
    current: directory,
    prefecture: post.text('prefecture'),
    validFrom: held.day,
  });
  if (!imported.ok && imported.listed !== undefined && directory !== undefined) {
    const { gone, begun, changed } = imported.listed;
    const list = { day: held.day, gone: gone.map(({ code }) => code), begun: [...begun], changed: [...changed] };
    return listPlanPage(c, { visit, list, directory: standingOn(directory, held.day), errors: [] });
  }
  if (!imported.ok) return again(undefined, imported.errors);
  const { directory: proposal, from } = imported;
  const versions = directory === undefined ? [] : [{ day: held.day, before: directory, after: proposal }];
  return proposalPage(c, { visit, held, proposal, from, rounds: await affectedRounds(visit, versions) });
}

export function directoryImportPages(app: Hono<WebEnv>): void {
  app.get('/directory/import', admitted('directory.write', showUpload));
  app.post('/directory/import', admitted('directory.write', postImport));
}
