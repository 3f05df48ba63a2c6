/** The page on which files are sent for one question, and the files themselves. Works without a script. */

import type { Hono } from 'hono';
import { problems } from '../../../schemas/problem.ts';
import type { Problem } from '../../../schemas/problem.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import { fileRules, fileTypes, mostFileBytes, printFile } from '../../../schemas/values/file-answer.ts';
import { placeLabel } from '../../domain/place-label.ts';
import { namedFiles } from '../../domain/files.ts';
import type { FoundReturn } from '../../service/access.ts';
import type { Service } from '../../service/service.ts';
import { fileResponse } from '../../service/files.ts';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { refusalPage } from '../shared/admission.tsx';
import { failurePage } from '../shared/failure-pages.tsx';
import { InlineError } from '../shared/inline-error.tsx';
import { page } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { postedForm } from '../shared/posted-form.ts';
import type { WebContext, WebEnv } from '../shared/visit.ts';
import { attach, fileQuestionAt } from './attach.ts';
import type { FileQuestion } from './attach.ts';
import { Trail } from './frame.tsx';
import { admitReturn, openReturn, sectionsSeen } from './opened.ts';
import type { Opened } from './opened.ts';
import { pageHref, pageOfQuestion } from './where.ts';

/** For the file chooser; telephones make JPEG of pictures where they see it here. */
const accepts = Object.entries(fileTypes)
  .flatMap(([type, { endings }]) => [type, ...endings.map((ending) => `.${ending}`)])
  .join(',');

const inputId = 'file';

interface ViewProps {
  readonly opened: Opened;
  readonly question: FileQuestion;
  /** Why files cannot be taken out, by their hash. */
  readonly withheld: ReadonlyMap<string, string>;
  readonly wrong: string | undefined;
  /** The name of the file that was just added. */
  readonly added: string | undefined;
}

function FileInput({ wrong, question }: Pick<ViewProps, 'wrong' | 'question'>) {
  return (
    <div class={wrong === undefined ? 'form-group' : 'form-group form-group--error'}>
      <label class="label" for={inputId}>
        追加するファイル
      </label>
      <p class="hint" id="file-hint">
        {fileRules}、{question.maxFiles}件まで（あと{question.maxFiles - question.files.length}
        件）。パスワードの付いたファイルやマクロを含むファイルは追加できません。
      </p>
      {wrong !== undefined && <InlineError id="file-error" message={wrong} />}
      <input
        class="input"
        type="file"
        id={inputId}
        name="file"
        accept={accepts}
        data-most-bytes={mostFileBytes}
        data-too-large={problems['file-too-large'].title}
        aria-describedby={wrong === undefined ? 'file-hint' : 'file-hint file-error'}
        aria-invalid={wrong === undefined ? undefined : 'true'}
      />
    </div>
  );
}

function AttachmentsView({ opened, question, withheld, wrong, added }: ViewProps) {
  const { visit, key, form, draft } = opened;
  const { path, files, item, maxFiles } = question;
  const back = pageOfQuestion(form, draft.answers, path);
  const backHref = `${back === undefined ? visit.paths.return(key) : pageHref(visit.paths, key, back)}#${path}`;
  const label = placeLabel(opened, draft.answers, path);
  return (
    <>
      <Trail opened={opened} below={[{ label, href: backHref }, { label: 'ファイルの追加' }]} />
      <ErrorSummary errors={wrong === undefined ? [] : [{ href: `#${inputId}`, message: wrong }]} />
      {added !== undefined && <Notice kind="success" title={`「${added}」を追加しました。`} />}
      <h1>{numberedLabel(item.definition)}：ファイルの追加</h1>
      {item.definition.help !== undefined && <p>{item.definition.help}</p>}
      {files.length > 0 && (
        <>
          <h2>追加したファイル（{files.length}件）</h2>
          <ul class="files">
            {files.map((file) => (
              <li>
                <a href={visit.paths.file(key, file.sha256)} download>
                  {printFile(file)}
                </a>
                {withheld.has(file.sha256) && <strong class="answer-mark">{withheld.get(file.sha256)}</strong>}
              </li>
            ))}
          </ul>
        </>
      )}
      {files.length < maxFiles ? (
        <form method="post" action={visit.paths.attachments(key, path)} enctype="multipart/form-data">
          <CsrfField visit={visit} />
          <FileInput wrong={wrong} question={question} />
          <div class="button-row">
            <button class="button button--primary">ファイルを追加する</button>
          </div>
        </form>
      ) : (
        <p>{maxFiles}件まで追加できます。入れ替えるときは、回答のページで先に削除してください。</p>
      )}
      <p>
        <a href={backHref}>回答のページに戻る（ファイルの削除や並べ替えもできます）</a>
      </p>
    </>
  );
}

/** The question that the address names, of a return that may be edited; otherwise the page that says why not. */
async function openQuestion(c: WebContext): Promise<{ opened: Opened; question: FileQuestion } | Response> {
  const opened = await openReturn(c, 'section.edit');
  if (opened instanceof Response) return opened;
  const question = fileQuestionAt(opened, c.req.param('path') ?? '');
  if (question === undefined) return failurePage(c, 'notFound');
  const { paths } = opened.visit;
  return opened.canEdit
    ? { opened, question }
    : refusalPage(c, { code: 'not-editable' }, { href: paths.return(opened.key), label: '回答する項目に戻る' });
}

/** What the scan for viruses says of the files, in a few words. */
const scanned: Readonly<Record<string, string>> = {
  'file-unscanned': 'ウイルス検査中です。終わるまで取り出せません。',
  'file-infected': 'ウイルスなどが検出されたため、取り出せません。回答から削除してください。',
};

async function withheldOf({ visit, key }: Opened, { files }: FileQuestion): Promise<Map<string, string>> {
  const found = await Promise.all(files.map(({ sha256 }) => visit.service.files.sentFile(key, sha256)));
  return new Map(
    found.flatMap((each, index): [string, string][] => {
      const said = each.ok ? undefined : scanned[each.problem.code];
      return said === undefined ? [] : [[files[index]?.sha256 ?? '', said]];
    }),
  );
}

async function view(
  c: WebContext,
  given: Omit<ViewProps, 'withheld'>,
  status: 200 | 413 | 422 = 200,
): Promise<Response> {
  const props = { ...given, withheld: await withheldOf(given.opened, given.question) };
  const title = `${numberedLabel(props.question.item.definition)}：ファイルの追加`;
  return page(c, { title, status, hasErrors: props.wrong !== undefined, script: true }, <AttachmentsView {...props} />);
}

async function show(c: WebContext): Promise<Response> {
  const found = await openQuestion(c);
  if (found instanceof Response) return found;
  const added = found.question.files.find(({ sha256 }) => sha256 === c.req.query('added'))?.name;
  return view(c, { ...found, wrong: undefined, added });
}

/** What is wrong with the file itself is said beside the field; what is wrong with the return, on a page of its own. */
function isAboutFile({ code }: Problem): boolean {
  return code.startsWith('file-') || code === 'too-many-files';
}

async function send(c: WebContext): Promise<Response> {
  const found = await openQuestion(c);
  if (found instanceof Response) return found;
  const { opened, question } = found;
  const file = (await postedForm(c)).file('file');
  const wrongWith = (problem: Problem): Response | Promise<Response> => {
    const { title, status } = problems[problem.code];
    return view(c, { opened, question, wrong: title, added: undefined }, status === 413 ? 413 : 422);
  };
  if (file === undefined) return wrongWith({ code: 'file-empty' });
  if (file.size > mostFileBytes) return wrongWith({ code: 'file-too-large' });
  const content = new Uint8Array(await file.arrayBuffer());
  const attached = await attach(opened, question.path, { name: file.name, content });
  if (attached.ok) {
    const { paths } = opened.visit;
    return c.redirect(`${paths.attachments(opened.key, question.path)}?added=${attached.value.sha256}`, 303);
  }
  return isAboutFile(attached.problem) ? wrongWith(attached.problem) : refusalPage(c, attached.problem);
}

/** With whom some sections are shared, the files of these alone are. */
async function isFileSeen({ returns }: Service, found: FoundReturn, sha256: string): Promise<boolean> {
  if (found.sections === undefined) return true;
  const draft = await returns.readDraft(found.key);
  if (!draft.ok) return false;
  const files = namedFiles({ sections: sectionsSeen(found), items: found.form.items }, draft.value.answers);
  return files.some(({ file }) => file.sha256 === sha256);
}

async function download(c: WebContext): Promise<Response> {
  const found = await admitReturn(c, 'section.read');
  if (found instanceof Response) return found;
  const { service, person } = c.get('visit');
  const sha256 = c.req.param('sha256') ?? '';
  if (!(await isFileSeen(service, found, sha256))) return failurePage(c, 'notFound');
  const { method } = c.req;
  const header = (name: string): string | undefined => c.req.header(name);
  const response = await fileResponse(service, { method, header, person }, found.key, sha256);
  if (response.ok) return response.value;
  return response.problem.code === 'not-found' ? failurePage(c, 'notFound') : refusalPage(c, response.problem);
}

const returnRoute = '/rounds/:round/returns/:form/:unit';

export function attachmentPages(app: Hono<WebEnv>): void {
  app.get(`${returnRoute}/files/:sha256`, download);
  app.get(`${returnRoute}/attachments/:path`, show);
  app.post(`${returnRoute}/attachments/:path`, send);
}
