/** What is read or printed: the return for internal approval (決裁), the empty form, the instructions (記入要領). */

import { formOfVersion } from '../../domain/previous-scopes.ts';
import type { Hono } from 'hono';
import type { Item } from '../../../schemas/form.ts';
import { unitNameOf } from '../../../schemas/directory.ts';
import { asOfDate } from '../../../schemas/round.ts';
import { printPartialDate } from '../../../schemas/values/partial-date.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import { askedAnswers } from '../../domain/asked.ts';
import { withComputed } from '../../domain/computed.ts';
import { BlankForm } from './blank-form.tsx';
import { Trail, returnTitle } from './frame.tsx';
import { OfficialPaper } from './official-paper.tsx';
import type { Printed } from './official-paper.tsx';
import { openReturn } from './opened.ts';
import type { Opened } from './opened.ts';
import { Contact } from '../shared/contact.tsx';
import { DateTime } from '../shared/time.tsx';
import { conditionText } from '../../domain/question-facts.ts';
import { failurePage } from '../shared/failure-pages.tsx';
import { page } from '../shared/layout.tsx';
import { pageWanted } from '../shared/pager.tsx';
import { Paragraphs } from '../shared/round-texts-view.tsx';
import type { WebContext, WebEnv } from '../shared/visit.ts';
import { SummaryList } from '../shared/summary-list.tsx';
import { dueDateOf } from '../../domain/due-date.ts';

/** What was submitted, while that stands; otherwise what would be submitted now. A version where one is asked for. */
async function printedOf(opened: Opened, wanted: string | undefined): Promise<Printed | undefined> {
  const { visit, key, form, draft } = opened;
  const { store } = visit.service;
  const { state, version: newest } = draft.standing;
  const isSubmitted = state === 'submitted' || state === 'accepted';
  const number = wanted === undefined ? (isSubmitted ? newest : 0) : Number(wanted);
  const earlier = number === 0 ? newest : number - 1;
  const [version, before, last] = await Promise.all([
    number === 0 ? undefined : store.version(key, number),
    earlier === 0 ? undefined : store.version(key, earlier),
    draft.previous(),
  ]);
  if (version === undefined && number !== 0) return undefined;
  const compared = {
    lastYear: last && { name: `前回（${last.round.name}）`, answers: last.version.answers },
    before: before && { name: `第${earlier}版`, answers: before.answers },
  };
  if (version !== undefined) return { answers: version.answers, reasons: version.reasons, version, ...compared };
  const { reasons } = await draft.examination();
  const answers = withComputed(opened.form, draft.answers);
  return { answers: askedAnswers(form.sections, answers), reasons, version, ...compared };
}

function PrintButton() {
  return (
    <p class="no-print">
      <button class="button button--primary" type="button" data-print hidden>
        印刷する
      </button>
      <span data-without-print>ブラウザーの印刷機能（「ファイル」メニューの「印刷」等）で、A4に印刷してください。</span>
    </p>
  );
}

async function print(c: WebContext): Promise<Response> {
  const opened = await openReturn(c);
  if (opened instanceof Response) return opened;
  const { visit, key } = opened;
  const wanted = c.req.query('version');
  const printed = wanted === undefined || /^[1-9]\d{0,3}$/.test(wanted) ? await printedOf(opened, wanted) : undefined;
  if (printed === undefined) return failurePage(c, 'notFound');
  const address =
    wanted === undefined ? `${visit.paths.print(key)}?` : `${visit.paths.printVersion(key, Number(wanted))}&`;
  return page(
    c,
    { title: `${returnTitle(opened)} 印刷用`, script: true },
    <>
      <Trail opened={opened} below={[{ label: '印刷用' }]} />
      <PrintButton />
      <OfficialPaper
        opened={
          printed.version === undefined ? opened : { ...opened, form: formOfVersion(opened.form, printed.version) }
        }
        printed={printed}
        page={pageWanted(c.req.query('page'))}
        hrefOf={(to) => `${address}page=${to}`}
      />
    </>,
  );
}

async function empty(c: WebContext): Promise<Response> {
  const opened = await openReturn(c);
  if (opened instanceof Response) return opened;
  const { form, round, unit, visit } = opened;
  const { instructions } = (await visit.service.store.roundTexts(round.id)).settings;
  return page(
    c,
    { title: `${form.title} 記入用紙` },
    <>
      <Trail opened={opened} below={[{ label: '記入用紙' }]} />
      <h1>{form.title}（記入用紙）</h1>
      <p>{round.name}</p>
      <p class="no-print hint">
        庁内での照会等に使う用紙です。提出はこの画面ではなく、各項目の画面から行ってください。
      </p>
      <SummaryList
        terms={[
          [unitNameOf(form.units), unit.name],
          ['記入した人（所属・氏名・電話）', <span class="blank" />],
          ['提出期限', <DateTime at={dueDateOf(round, opened.draft.standing)} />],
          ['提出先', <Contact shell={c.get('shell')} />],
        ]}
      />
      {instructions !== undefined && <Paragraphs text={instructions} />}
      {form.help !== '' && <p class="preserved">{form.help}</p>}
      <BlankForm sections={form.sections} round={round} />
    </>,
  );
}

function Instruction({ item, around }: { readonly item: Item; readonly around: Item }) {
  const { definition, children } = item;
  const condition = conditionText(item, around);
  const inside = children.filter((child) => child.definition.help !== undefined || child.children.length > 0);
  return (
    <div>
      <dt>
        {numberedLabel(definition)}
        {definition.required && '（必須）'}
      </dt>
      <dd>
        {condition !== '' && <p>{condition}に回答してください。</p>}
        {definition.help !== undefined && <p>{definition.help}</p>}
        {definition.example !== undefined && <p>記入例：{definition.example}</p>}
        {inside.length > 0 && (
          <dl>
            {inside.map((child) => (
              <Instruction item={child} around={item} />
            ))}
          </dl>
        )}
      </dd>
    </div>
  );
}

const howToWrite = [
  ['日付', '「令和6年9月30日」「R6.9.30」「2024/9/30」のいずれでも入力できます。年だけ、年月だけでも構いません。'],
  [
    '数',
    '全角でも半角でも入力できます。数える対象がないときは0と入力してください。わからないときは、「不明」がある項目では「不明」を選び、ほかの項目では空欄（未回答）のままにしてください。必須の項目は、空欄のままでは提出できません。',
  ],
  [
    '該当なし',
    '「該当なし」がある項目では、当てはまらないときに選びます。0（数えた結果がない）や空欄（未回答）とは区別して扱われます。',
  ],
  ['保存', '入力の途中でも保存できます。同じ調査票を複数の職員で分担して入力できます。'],
] as const;

async function help(c: WebContext): Promise<Response> {
  const opened = await openReturn(c, 'section.read');
  if (opened instanceof Response) return opened;
  const { form, round, visit } = opened;
  const { instructions } = (await visit.service.store.roundTexts(round.id)).settings;
  return page(
    c,
    { title: `${form.title} 記入要領` },
    <>
      <Trail opened={opened} below={[{ label: '記入要領' }]} />
      <h1>{form.title} 記入要領</h1>
      {instructions !== undefined && (
        <section aria-labelledby="of-round">
          <h2 id="of-round">この調査について（{round.name}）</h2>
          <Paragraphs text={instructions} />
        </section>
      )}
      <p>{form.help}</p>
      <h2>お問い合わせ先</h2>
      <Contact shell={c.get('shell')} />
      <h2>共通の書き方</h2>
      <SummaryList terms={howToWrite} />
      {form.sections.map((section) => (
        <section>
          <h2>{numberedLabel(section.definition)}</h2>
          <p class="hint">{printPartialDate(asOfDate(round, section.key))}現在</p>
          {section.definition.help !== undefined && <p>{section.definition.help}</p>}
          <dl class="summary-list">
            {section.children.map((item) => (
              <Instruction item={item} around={section} />
            ))}
          </dl>
        </section>
      ))}
    </>,
  );
}

export function paperPages(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/returns/:form/:unit/print', (c) => print(c));
  app.get('/rounds/:round/returns/:form/:unit/print/empty', (c) => empty(c));
  app.get('/rounds/:round/returns/:form/:unit/help', (c) => help(c));
}
