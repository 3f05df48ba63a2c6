/** What is read or printed: the return for internal approval (決裁), the empty form, the instructions (記入要領). */

import type { Hono } from 'hono';
import type { Item } from '../../../schemas/form.ts';
import type { Version } from '../../../schemas/return.ts';
import { unitNames } from '../../../schemas/directory.ts';
import { asOfDate } from '../../../schemas/round.ts';
import { printPartialDate } from '../../../schemas/values/partial-date.ts';
import { numberedLabel } from '../../../schemas/question.ts';
import { askedAnswers } from '../../domain/asked.ts';
import { computedAnswers } from '../../domain/computed.ts';
import { BlankForm } from './blank-form.tsx';
import { Trail, returnTitle } from './frame.tsx';
import { openReturn } from './opened.ts';
import type { Opened } from './opened.ts';
import { PrintedAnswers } from './printed-answers.tsx';
import { ReasonList } from './reason-list.tsx';
import type { Reasoned } from './reason-list.tsx';
import { ReceiptFacts } from './receipt-view.tsx';
import { answerBlocks } from '../../domain/answer-rows.ts';
import { Contact } from '../shared/contact.tsx';
import { DateTime } from '../shared/time.tsx';
import { conditionText } from '../../domain/question-facts.ts';
import { page } from '../shared/layout.tsx';
import { pageWanted } from '../shared/pager.tsx';
import { Paragraphs } from '../shared/round-texts-view.tsx';
import type { WebContext, WebEnv } from '../shared/visit.ts';
import { SummaryList } from '../shared/summary-list.tsx';

interface Printed extends Reasoned {
  readonly version: Version | undefined;
}

/** What was submitted, while that stands; otherwise what would be submitted now. */
async function printedOf(opened: Opened): Promise<Printed> {
  const { visit, key, form, draft } = opened;
  const { state, version: number } = draft.standing;
  const isSubmitted = state === 'submitted' || state === 'accepted';
  const version = isSubmitted ? await visit.service.store.version(key, number) : undefined;
  if (version !== undefined) return { answers: version.answers, reasons: version.reasons, version };
  const { reasons } = await draft.examination();
  const answers = computedAnswers(opened, draft.answers);
  return { answers: askedAnswers(form.sections, answers), reasons, version: undefined };
}

/** Whose words these are and as of when: on every part, so that a sheet alone tells what it belongs to. */
function PrintedFacts({ version, draft }: Pick<Printed, 'version'> & Pick<Opened, 'draft'>) {
  if (version !== undefined) return <ReceiptFacts version={version} />;
  return (
    <p>
      <strong>未提出（提出する内容の案）</strong>
      {draft.savedAt !== undefined && (
        <>
          {'　'}
          <DateTime at={new Date(draft.savedAt)} /> 保存（{draft.savedBy}）
        </>
      )}
    </p>
  );
}

async function print(c: WebContext): Promise<Response> {
  const opened = await openReturn(c);
  if (opened instanceof Response) return opened;
  const { visit, key, form, round, names, draft } = opened;
  const { answers, reasons, version } = await printedOf(opened);
  return page(
    c,
    { title: `${returnTitle(opened)} 印刷用` },
    <>
      <Trail opened={opened} below={[{ label: '印刷用' }]} />
      <h1>{returnTitle(opened)}</h1>
      <p>{round.name}</p>
      <PrintedFacts version={version} draft={draft} />
      <p class="no-print hint">ブラウザーの印刷機能で印刷してください。</p>
      <PrintedAnswers
        form={form}
        blocks={answerBlocks({ sections: form.sections, answers, names })}
        page={pageWanted(c.req.query('page'))}
        hrefOf={(to) => `${visit.paths.print(key)}?page=${to}`}
      />
      <ReasonList asked={opened} answers={answers} reasons={reasons} />
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
          [unitNames[form.units], unit.name],
          ['記入した人（所属・氏名・電話）', <span class="blank" />],
          ['提出期限', <DateTime at={round.dueAt} />],
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
  ['数', '全角でも半角でも入力できます。数える対象がないときは0と入力し、わからないときは空欄のままにしてください。'],
  [
    '該当なし',
    '「該当なし」がある項目では、当てはまらないときに選びます。0（数えた結果がない）や空欄（未回答）とは区別して扱われます。',
  ],
  ['保存', '入力の途中でも保存できます。同じ調査票を複数の職員で分担して入力できます。'],
] as const;

async function help(c: WebContext): Promise<Response> {
  const opened = await openReturn(c);
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
