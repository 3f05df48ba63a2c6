/** 分析: what is chosen stands in the address, so that it can be shared, kept and gone back to. */

import type { Hono } from 'hono';
import type { Directory } from '../../../schemas/directory.ts';
import type { Form } from '../../../schemas/form.ts';
import type { Round } from '../../../schemas/round.ts';
import { formsOf } from '../../../schemas/round-forms.ts';
import { classesOf } from '../../../schemas/unit-classes.ts';
import { shareBases } from '../../domain/analysis/cross-table.ts';
import { populationBases } from '../../domain/analysis/per-population.ts';
import {
  analysisKinds,
  analysisRequest,
  classPrefix,
  readKind,
  unitAxisId,
  unitAxisName,
} from '../../domain/analysis/request.ts';
import type { AnalysisKind } from '../../domain/analysis/request.ts';
import { tableFileNames } from '../../domain/analysis/table-names.ts';
import { analyse, questionsFor } from '../../service/analysis.ts';
import type { Analysis } from '../../service/analysis.ts';
import { withParameters } from '../shared/address.ts';
import { refusalPage, roundAdmitted } from '../shared/admission.tsx';
import { csvFile } from '../shared/csv-file.ts';
import { FilterForm, FilterSelect } from '../shared/filter-field.tsx';
import { page } from '../shared/layout.tsx';
import { Behind } from '../shared/notice.tsx';
import { pageWanted } from '../shared/pager.tsx';
import { RoundNav } from '../shared/round-nav.tsx';
import { DateTime } from '../shared/time.tsx';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';
import { Figure, figureCsv } from './analysis-tables.tsx';

type Query = Readonly<Record<string, string | undefined>>;

const explained: Readonly<Record<AnalysisKind, string>> = {
  cross:
    '2つの設問、又は設問と名簿の分類を掛け合わせ、団体を数えます。数の設問は、0、1〜4、5〜9、10〜49のような幅に分けます。一覧の中の設問は、同じ一覧の設問、名簿の分類又は団体と掛け合わせ、一覧の行を数えます。',
  ranking: '数の設問を、全ての団体の多い順に並べます。',
  population: '数の設問を、名簿の人口で割って並べます。価格などの足し合わせる意味のない数は選べません。',
  changes: 'この調査票の前回の調査と、団体ごとに比べます。合併した団体は、件数などの合計だけを比べます。',
  series:
    '設問の意味が変わっていない限り、前の調査へさかのぼって並べます。種類や単位が変わった設問は、そこで終わります。',
};

interface Choice {
  readonly label: string;
  readonly href: string;
  readonly isCurrent: boolean;
}

function Choices({ label, choices }: { label: string; choices: readonly Choice[] }) {
  return (
    <nav class="round-nav no-print" aria-label={label}>
      <ul>
        {choices.map(({ label, href, isCurrent }) => (
          <li>
            <a href={href} aria-current={isCurrent ? 'page' : undefined}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function groupsOf(variables: ReturnType<typeof questionsFor>) {
  const sections = Map.groupBy(variables, ({ section }) => section);
  return [...sections].map(([label, own]) => ({ label, options: own.map(({ id, label }) => [id, label] as const) }));
}

interface FieldsProps {
  readonly kind: AnalysisKind;
  readonly form: Form;
  readonly directory: Directory;
  readonly query: Query;
}

function Fields({ kind, form, directory, query }: FieldsProps) {
  const groups = groupsOf(questionsFor({ form, directory }, kind));
  const byClass = classesOf(directory).map(({ id, label }) => [`${classPrefix}${id}`, label] as const);
  return (
    <>
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="form" value={form.id} />
      <FilterSelect
        name="question"
        label="設問"
        options={[]}
        groups={groups}
        selected={query['question']}
        all="選んでください"
      />
      {kind === 'cross' && (
        <>
          <FilterSelect
            name="with"
            label="掛け合わせる分類・設問"
            options={[]}
            groups={[{ label: '名簿', options: [...byClass, [unitAxisId, unitAxisName]] }, ...groups]}
            selected={query['with']}
            all="選んでください"
          />
          <FilterSelect name="share" label="割合" options={Object.entries(shareBases)} selected={query['share']} />
        </>
      )}
      {kind === 'population' && (
        <FilterSelect
          name="per"
          label="人口"
          options={populationBases.map((base) => [String(base), `${base.toLocaleString('ja')}人当たり`])}
          selected={query['per'] ?? '10000'}
        />
      )}
    </>
  );
}

function Results({ found: { state, notes, tables }, here, at }: { found: Analysis; here: string; at: number }) {
  return (
    <>
      <p>
        履歴の番号 {state.asOf.seq}（<DateTime at={new Date(state.asOf.at)} />
        ）現在、提出済と確認済の回答を数えています。
      </p>
      <Behind isBehind={state.isBehind} />
      {notes.map((note) => (
        <p>{note}</p>
      ))}
      {tables.map((table, index) => (
        <Figure
          table={table}
          csvHref={withParameters(here, { as: 'csv', table: String(index) })}
          page={at}
          hrefOf={(to) => withParameters(here, { page: String(to) })}
        />
      ))}
    </>
  );
}

/** The fields of the page that were given, without those that were left empty. */
function givenIn(query: Query): Query {
  const names = new Set(['question', 'with', 'share', 'per']);
  return Object.fromEntries(Object.entries(query).filter(([name, value]) => names.has(name) && value !== ''));
}

/** What another kind of analysis can take over of it: a question with options has no ranking. */
function keptFor(
  kind: AnalysisKind,
  asked: Pick<FieldsProps, 'form' | 'directory'>,
  { question, ...others }: Query,
): Query {
  return questionsFor(asked, kind).some(({ id }) => id === question) ? { ...others, question } : others;
}

async function analysisPage(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const { service, paths } = visit;
  const query: Query = c.req.query();
  const kind = readKind(query['kind']);
  const forms = formsOf(service.forms, round);
  const form = query['form'] === undefined ? forms[0] : forms.find(({ id }) => id === query['form']);
  if (form === undefined) return refusalPage(c, { code: 'not-found' });
  const place = paths.analysis(round.id);
  const start = withParameters(place, { kind, form: form.id });
  const directory = await service.store.directoryOfRound(round);
  const given = givenIn(query);
  const here = withParameters(start, given);
  const request = analysisRequest.safeParse({ ...given, kind, form: form.id });
  const found = request.success ? await analyse(service, round, request.data) : undefined;
  if (found !== undefined && !found.ok) return refusalPage(c, found.problem, { href: start, label: '分析へ戻る' });
  if (request.success && found !== undefined && query['as'] === 'csv') {
    const index = Number(query['table'] ?? '0');
    const table = found.value.tables[index];
    if (table === undefined) return refusalPage(c, { code: 'not-found' }, { href: here, label: '分析へ戻る' });
    const asked = questionsFor({ form, directory }, kind).find(({ id }) => id === request.data.question);
    const names = tableFileNames({ table, index, question: asked?.label ?? '', request: request.data, round });
    return csvFile(figureCsv(table), ...names);
  }
  const title = `分析：${analysisKinds[kind]}`;
  return page(
    c,
    { title, wide: true },
    <>
      <RoundNav paths={paths} round={round} current="summary" trail={[{ label: title }]} />
      <h1>{title}</h1>
      <p>
        庁内用です。団体ごとの値や、少数の団体の値が分かります。「集計のみ公表」と「非公表」の設問の表は公表しないでください。公表する表は
        <a href={paths.exports(round.id)}>出力・公表</a>で作ります。
      </p>
      <Choices
        label="分析の種類"
        choices={Object.entries(analysisKinds).map(([each, label]) => ({
          label,
          href: withParameters(place, {
            ...keptFor(readKind(each), { form, directory }, given),
            kind: each,
            form: form.id,
          }),
          isCurrent: each === kind,
        }))}
      />
      {forms.length > 1 && (
        <Choices
          label="調査票"
          choices={forms.map(({ id, title }) => ({
            label: title,
            href: withParameters(place, { kind, form: id }),
            isCurrent: id === form.id,
          }))}
        />
      )}
      <p class="hint">{explained[kind]}</p>
      <FilterForm action={place} label="分析の条件" reset={start} submit="表示する">
        <Fields kind={kind} form={form} directory={directory} query={given} />
      </FilterForm>
      {found === undefined ? (
        <p>
          {given['question'] === undefined
            ? '設問を選んで「表示する」を押してください。'
            : '条件が足りないか、読み取れません。選び直してください。'}
        </p>
      ) : (
        <Results found={found.value} here={here} at={pageWanted(query['page'])} />
      )}
    </>,
  );
}

export function analysisPages(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/analysis', roundAdmitted('summary.read', analysisPage));
}
