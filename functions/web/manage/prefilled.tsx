/** 県の把握している値 of a round: what is shown to which municipality, and the file that it is taken from. */

import type { Hono } from 'hono';
import { unitsByCode } from '../../../schemas/directory.ts';
import type { Prefilled } from '../../../schemas/prefilled.ts';
import { formOf, formsOf } from '../../../schemas/round-forms.ts';
import type { Round } from '../../../schemas/round.ts';
import { placeLabel } from '../../domain/place-label.ts';
import { namesIn, printAnswer } from '../../domain/print-answer.ts';
import { questionAt } from '../../domain/question-path.ts';
import { prefilledColumns, prefilledEtag, readPrefilled } from '../../service/prefilled.ts';
import type { FileError } from '../../service/prefilled.ts';
import { withParameters } from '../shared/address.ts';
import { refusalPage, roundAdmitted } from '../shared/admission.tsx';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { fieldId } from '../shared/labelled-controls.tsx';
import { page } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { Pager, pageOfList, pageWanted } from '../shared/pager.tsx';
import { postedForm } from '../shared/posted-form.ts';
import { RoundNav } from '../shared/round-nav.tsx';
import { Table } from '../shared/table.tsx';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';
import { FileErrors, TableFile, countedErrors, readTableFile } from './table-file.tsx';

const title = '県の把握している値';
const rowsPerPage = 200;
async function Values({ c, visit, round, values }: ValuesProps) {
  const { service, paths } = visit;
  if (values.length === 0) return <p>まだありません。</p>;
  const directory = await service.store.directoryOfRound(round);
  const names = namesIn(directory);
  const { shown, page: at, pages } = pageOfList(values, pageWanted(c.req.query('page')), rowsPerPage, () => 1);
  const rows = shown.map(({ unit, form: id, path, value }) => {
    const form = formOf(service.forms, round, id);
    const item = form && questionAt(form, path).item;
    return {
      unit: (form && unitsByCode(directory, form.units).get(unit)?.name) ?? unit,
      form: form?.title ?? id,
      question: form === undefined ? path : placeLabel({ form }, {}, path),
      value: item === undefined ? '' : printAnswer(item, value, names),
    };
  });
  return (
    <>
      <p>{values.length.toLocaleString('ja-JP')}件</p>
      <Pager
        page={at}
        pages={pages}
        label="値のページ"
        hrefOf={(to) => withParameters(paths.prefilled(round.id), { page: String(to) })}
      />
      <Table
        label="県の把握している値の表"
        rows={rows}
        columns={[
          { heading: '回答単位', cell: ({ unit }) => unit },
          { heading: '調査票', cell: ({ form }) => form },
          { heading: '設問', cell: ({ question }) => question },
          { heading: '値', cell: ({ value }) => <span class="preserved">{value}</span> },
        ]}
      />
    </>
  );
}

interface ValuesProps {
  readonly c: WebContext;
  readonly visit: Visit;
  readonly round: Round;
  readonly values: Prefilled;
}

async function valuesPage(
  c: WebContext,
  visit: Visit,
  round: Round,
  errors: readonly FileError[] = [],
): Promise<Response> {
  const { service, paths } = visit;
  const kept = await service.store.prefilled(round.id);
  const [first] = errors;
  const isWhole = errors.length === 1 && first?.cell === '';
  const message = first && (isWhole ? first.message : countedErrors(errors));
  const severalForms = formsOf(service.forms, round).length > 1;
  const columns = [...prefilledColumns, ...(severalForms ? ['調査票'] : [])];
  return page(
    c,
    { title, status: message === undefined ? 200 : 422, hasErrors: message !== undefined },
    <>
      <RoundNav paths={paths} round={round} current="roundSettings" trail={[{ label: title }]} />
      {message !== undefined && <ErrorSummary errors={[{ href: `#${fieldId('file')}`, message }]} />}
      {c.req.query('done') === 'saved' && <Notice kind="success" title="県の把握している値を保存しました。" />}
      <h1>{title}</h1>
      <p>
        県がすでに把握している値を、各団体の回答画面の設問に表示します。値はその団体だけに表示され、団体が確認して保存するまで回答にはなりません。
      </p>
      {errors.length > 0 && !isWhole && (
        <FileErrors
          title="読み取れないセル"
          unchanged="何も変更されていません。ファイルを直して保存し、もう一度選んでください。"
          heading="セル"
          errors={errors.map(({ cell, message }) => ({ where: cell === '' ? 'ファイル全体' : cell, message }))}
        />
      )}
      <h2>ファイルから読み込む</h2>
      <p>
        1行に1つの値を記入した、見出し（{columns.join('、')}
        ）のある表を選んでください。回答単位は名称又はコード、設問は番号、見出し又はID、値は回答画面に入力するとおりに記入します。複数選択と順位は、選択肢を「、」で区切ります。繰返しの中の設問は、IDの間に記入のID（出力の表にあります）を入れると、その記入が回答にあるときに表示されます。表示中の値は、全てファイルの内容に置き換わります。
      </p>
      <form method="post" action={paths.prefilled(round.id)} enctype="multipart/form-data">
        <CsrfField visit={visit} />
        <input type="hidden" name="seen" value={String(kept.revision)} />
        <TableFile error={message} />
        <div class="button-row">
          <Button name="action" value="read">
            読み込んで置き換える
          </Button>
          {kept.settings.length > 0 && (
            <Button kind="secondary" name="action" value="clear">
              全ての値を取り消す
            </Button>
          )}
        </div>
      </form>
      <h2>表示中の値</h2>
      <Values c={c} visit={visit} round={round} values={kept.settings} />
    </>,
  );
}

async function save(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const { service, person, paths } = visit;
  const post = await postedForm(c);
  const isCleared = post.text('action') === 'clear';
  const again = (message: string): Promise<Response> => valuesPage(c, visit, round, [{ cell: '', message }]);
  const bytes = isCleared ? undefined : await readTableFile(post.file('file'));
  if (typeof bytes === 'string') return again(bytes);
  const directory = await service.store.directoryOfRound(round);
  const forms = formsOf(service.forms, round);
  const read =
    bytes === undefined ? { ok: true as const, values: [] } : await readPrefilled(bytes, { round, forms, directory });
  if (!read.ok) return valuesPage(c, visit, round, read.errors);
  const ifMatch = prefilledEtag({ revision: Number(post.text('seen')) });
  const saved = await service.savePrefilled(round, read.values, { ifMatch }, person.name);
  if (saved.ok) return c.redirect(withParameters(paths.prefilled(round.id), { done: 'saved' }), 303);
  if (saved.problem.code === 'precondition-failed')
    return again('表示後に他の人が値を変更しました。下の値を確かめて、もう一度ファイルを選んでください。');
  return refusalPage(c, saved.problem, { href: paths.prefilled(round.id), label: `${title}へ戻る` });
}

export function prefilledPages(app: Hono<WebEnv>): void {
  app.get(
    '/rounds/:round/prefilled',
    roundAdmitted('rounds.write', (c, visit, round) => valuesPage(c, visit, round)),
  );
  app.post('/rounds/:round/prefilled', roundAdmitted('rounds.write', save));
}
