/** Filling a return in with Excel: the file out, and what comes back. */

import type { Hono } from 'hono';
import { problems } from '../../../schemas/problem.ts';
import { mostFileBytes } from '../../platform/workbook/spreadsheet.ts';
import { markFillIn, sendFillIn, takeFillIn } from '../../service/fill-in.ts';
import type { GivenFile } from '../../service/fill-in.ts';
import { refusalPage } from '../shared/admission.tsx';
import { page } from '../shared/layout.tsx';
import { postedForm } from '../shared/posted-form.ts';
import type { PostedForm } from '../shared/posted-form.ts';
import type { WebContext, WebEnv } from '../shared/visit.ts';
import { choiceMark, sides } from './conflict.ts';
import type { Side } from './conflict.ts';
import { admitReturn, openReturn } from './opened.ts';
import type { Opened } from './opened.ts';
import { newEntryId } from './save.ts';
import { WorkbookView, workbookTitle } from './workbook-view.tsx';
import type { Sent } from './workbook-view.tsx';

async function show(c: WebContext): Promise<Response> {
  const opened = await openReturn(c);
  return opened instanceof Response ? opened : page(c, { title: workbookTitle }, <WorkbookView opened={opened} />);
}

async function download(c: WebContext): Promise<Response> {
  const found = await admitReturn(c, 'return.read');
  if (found instanceof Response) return found;
  const { service, person } = c.get('visit');
  const sent = await sendFillIn(service, person, found, newEntryId);
  return sent.ok ? sent.value : refusalPage(c, sent.problem);
}

function sentPage(c: WebContext, opened: Opened, sent: Sent): Response | Promise<Response> {
  const status = sent.kind === 'taken' ? 200 : sent.kind === 'conflict' && !sent.isUnsettled ? 412 : 422;
  return page(
    c,
    { title: workbookTitle, status, hasErrors: sent.kind !== 'taken' },
    <WorkbookView opened={opened} sent={sent} />,
  );
}

function refused(message: string): Sent {
  return { kind: 'refused', message, errors: [], files: [] };
}

/** As many colleagues send a sheet each. */
const mostFiles = 10;

/** How often a file is read again over what somebody saved meanwhile. */
const tries = 3;

async function take(c: WebContext): Promise<Response> {
  const opened = await openReturn(c, 'return.edit');
  if (opened instanceof Response) return opened;
  const { service, person } = opened.visit;
  const post = await postedForm(c);
  const sent = post.files('file');
  const kept = keptFiles(post);
  if (sent.length === 0 && kept.length === 0) return sentPage(c, opened, refused('ファイルが選ばれていません。'));
  if (sent.length > mostFiles)
    return sentPage(c, opened, refused(`一度に取り込めるファイルは${mostFiles}個までです。`));
  if (sent.some(({ size }) => size > mostFileBytes))
    return sentPage(c, opened, refused('ファイルは1個につき1MBまでです。'));
  const chosen = await Promise.all(
    sent.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
  );
  const files = chosen.length > 0 ? chosen : kept;
  const sideOf = (path: string): Side | undefined =>
    sides.find((side) => side === (post.text('choice') || post.text(choiceMark(path))));
  for (let left = tries; left > 0; left -= 1) {
    const taken = await takeFillIn(service, person, opened, { files, sideOf, newId: newEntryId });
    if (taken.ok) {
      const { view } = taken.value;
      const now = { ...opened, draft: view };
      if (taken.value.kind === 'unsettled')
        return sentPage(c, now, {
          kind: 'conflict',
          file: taken.value,
          files,
          isUnsettled: post.text('conflict') === '1',
        });
      c.set('isSaved', true);
      return sentPage(c, now, { kind: 'taken', taken: taken.value });
    }
    const { code, errors = [], detail } = taken.problem;
    if (code === 'precondition-failed') continue;
    const [first] = errors;
    const isWhole = errors.length === 1 && first !== undefined && first.path === '' && first.cell === '';
    const counted = `ファイルに${errors.length}件の誤りがあります。`;
    const message = errors.length === 0 ? (detail ?? problems[code].title) : isWhole ? first.message : counted;
    return sentPage(c, opened, { kind: 'refused', message, errors: isWhole ? [] : errors, files });
  }
  return refusalPage(c, { code: 'busy' });
}

/** The page that says what is wrong, or what would be replaced, has the files in it: nobody has to choose them again. */
function keptFiles(post: PostedForm): GivenFile[] {
  const contents = post.all('content');
  return post
    .all('name')
    .slice(0, mostFiles)
    .map((name, index) => ({
      name,
      bytes: new Uint8Array(Buffer.from(contents[index] ?? '', 'base64')),
    }));
}

async function mark(c: WebContext): Promise<Response> {
  const found = await admitReturn(c, 'return.edit');
  if (found instanceof Response) return found;
  const post = await postedForm(c);
  const [file] = keptFiles(post);
  if (file === undefined) return refusalPage(c, { code: 'file-empty' });
  const marked = await markFillIn(c.get('visit').service, found, file, newEntryId);
  return marked.ok ? marked.value : refusalPage(c, marked.problem);
}

const path = '/rounds/:round/returns/:form/:unit/workbook';

export function workbookPages(app: Hono<WebEnv>): void {
  app.get(path, (c) => show(c));
  app.post(path, (c) => take(c));
  app.get(`${path}/file`, (c) => download(c));
  app.post(`${path}/marked`, (c) => mark(c));
}
