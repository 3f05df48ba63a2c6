/** 公表された結果 of one return: its own figures beside those of the prefecture, of others like it, and of the years before. */

import type { Hono } from 'hono';
import type { Form, Item } from '../../../schemas/form.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import { formsOf } from '../../../schemas/round-forms.ts';
import { editionFolder } from '../../domain/download-name.ts';
import { exportFileName } from '../../domain/export-file-names.ts';
import { nobodyAnswered } from '../../domain/measures.ts';
import { cutMeans, printShare } from '../../domain/report/words.ts';
import { fewestInClass } from '../../domain/results.ts';
import type { ResultLine } from '../../domain/results.ts';
import { entriesUnit } from '../../domain/summary.ts';
import type { FoundReturn } from '../../service/access.ts';
import { sendFile } from '../../service/export-files.ts';
import { newestPublication, readResults } from '../../service/results.ts';
import type { Results } from '../../service/results.ts';
import { refusalPage, returnAdmitted } from '../shared/admission.tsx';
import { Bar } from '../shared/bar.tsx';
import { Breadcrumbs } from '../shared/breadcrumbs.tsx';
import { page } from '../shared/layout.tsx';
import { Table } from '../shared/table.tsx';
import type { Column } from '../shared/table.tsx';
import { DateTime } from '../shared/time.tsx';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';

const title = '公表された結果';
const none = '－';

function printed(value: number | null | undefined, unit = ''): string {
  return value === null || value === undefined ? none : `${value.toLocaleString('ja')}${unit}`;
}

function count(value: number | null, base: number): string {
  if (base === 0) return nobodyAnswered;
  return value === null
    ? none
    : `${value.toLocaleString('ja')}／${base.toLocaleString('ja')}（${printShare(value, base)}）`;
}

interface DrawnBar {
  readonly name: string;
  readonly value: number;
  readonly text: string;
}

/** One bar below the other, on one scale. */
function Bars({ bars, most }: { readonly bars: readonly DrawnBar[]; readonly most: number }) {
  if (bars.length < 2 || most <= 0) return <></>;
  return (
    <>
      {bars.map(({ name, value, text }) => (
        <div class="result-bar">
          <span>{name}</span>
          <Bar parts={[{ class: 'bar__part', value }]} most={most} label={`${name} ${text}`} />
        </div>
      ))}
    </>
  );
}

const ownName = '貴団体';
const incomparable = '比較不可';

/** Whether a figure of an earlier year cannot be the unit's: it was divided, or what was merged has no sum. */
function isIncomparable(past: ResultLine['earlier'][number] | undefined): boolean {
  return past !== undefined && past.own === null && past.of !== 'unit';
}

function numberBars({ own, all, ofClass, unit }: ResultLine, className: string): DrawnBar[] {
  const bar = (name: string, value: number | null | undefined, text: string): DrawnBar[] =>
    value === null || value === undefined ? [] : [{ name, value, text }];
  return [
    ...bar(ownName, own, printed(own, unit)),
    ...bar('県平均', all.meanValue, all.mean ?? ''),
    ...bar(`${className}平均`, ofClass?.meanValue, ofClass?.mean ?? ''),
  ];
}

interface LinesProps {
  /** Of the section. */
  readonly label: string;
  readonly lines: readonly ResultLine[];
  readonly className: string;
}

function yearsOf(lines: readonly ResultLine[]): string[] {
  return [...new Set(lines.flatMap(({ earlier }) => earlier.map(({ year }) => year)))];
}

function hasClass(lines: readonly ResultLine[]): boolean {
  return lines.some(({ ofClass }) => ofClass !== undefined);
}

function Numbers({ label, lines, className }: LinesProps) {
  if (lines.length === 0) return <></>;
  const drawn = new Map(lines.map((line) => [line, numberBars(line, className)]));
  const columns: Column<ResultLine>[] = [
    { heading: '設問', isName: true, cell: ({ number, label }) => numberedLabel({ number, label }) },
    { heading: ownName, isNumber: true, cell: ({ own, unit }) => printed(own, unit) },
    {
      heading: '県の計',
      isNumber: true,
      cell: ({ all, unit }) => (all.base === 0 ? nobodyAnswered : printed(all.value, unit)),
    },
    { heading: '県の平均', isNumber: true, cell: ({ all }) => all.mean ?? none },
    { heading: '県の中央値', isNumber: true, cell: ({ all }) => printed(all.median) },
    ...(hasClass(lines)
      ? ([
          { heading: `他の${className}の平均`, isNumber: true, cell: ({ ofClass }) => ofClass?.mean ?? none },
          { heading: `他の${className}の中央値`, isNumber: true, cell: ({ ofClass }) => printed(ofClass?.median) },
        ] satisfies Column<ResultLine>[])
      : []),
    {
      heading: '図',
      cell: (line) => {
        const bars = drawn.get(line) ?? [];
        return <Bars bars={bars} most={Math.max(0, ...bars.map(({ value }) => value))} />;
      },
    },
    ...yearsOf(lines).flatMap((year): Column<ResultLine>[] => {
      const of = ({ earlier }: ResultLine) => earlier.find((each) => each.year === year);
      return [
        {
          heading: `${year}：${ownName}`,
          isNumber: true,
          cell: (line) => (isIncomparable(of(line)) ? incomparable : printed(of(line)?.own, line.unit)),
        },
        { heading: `${year}：県の平均`, isNumber: true, cell: (line) => of(line)?.all.mean ?? none },
      ];
    }),
  ];
  return <Table label={`${label}：数の設問の表`} rows={lines} columns={columns} />;
}

function ownOption({ own, unit }: ResultLine, value = own): string {
  if (value === null) return none;
  if (unit === entriesUnit) return printed(value, unit);
  return value > 0 ? '○' : '';
}

function Options({ label, lines, className }: LinesProps) {
  const [first] = lines;
  if (first === undefined) return <></>;
  const question = numberedLabel({ number: first.number, label: first.label });
  const columns: Column<ResultLine>[] = [
    { heading: '選択肢', isName: true, cell: ({ option, optionLabel }) => optionLabel ?? option ?? '' },
    { heading: ownName, cell: (line) => ownOption(line) },
    { heading: '県', isNumber: true, cell: ({ all }) => count(all.value, all.base) },
    ...(hasClass(lines)
      ? ([
          {
            heading: `他の${className}`,
            isNumber: true,
            cell: ({ ofClass }) => (ofClass === undefined ? none : count(ofClass.value, ofClass.base)),
          },
        ] satisfies Column<ResultLine>[])
      : []),
    {
      heading: '割合の図',
      cell: ({ all, ofClass }) => {
        const share = (name: string, figure: ResultLine['all'] | undefined): DrawnBar[] =>
          figure === undefined || figure.value === null || figure.base === 0
            ? []
            : [{ name, value: figure.value / figure.base, text: printShare(figure.value, figure.base) }];
        return <Bars bars={[...share('県', all), ...share(className, ofClass)]} most={1} />;
      },
    },
    ...yearsOf(lines).flatMap((year): Column<ResultLine>[] => {
      const of = ({ earlier }: ResultLine) => earlier.find((each) => each.year === year);
      return [
        {
          heading: `${year}：${ownName}`,
          cell: (line) => (isIncomparable(of(line)) ? incomparable : ownOption(line, of(line)?.own ?? null)),
        },
        {
          heading: `${year}：県`,
          isNumber: true,
          cell: (line) => {
            const past = of(line)?.all;
            return past === undefined ? none : count(past.value, past.base);
          },
        },
      ];
    }),
  ];
  return <Table label={`${label}：${question}の表`} caption={question} rows={lines} columns={columns} />;
}

function Section({ label, lines, className }: LinesProps) {
  if (lines.length === 0) return <></>;
  const options = Map.groupBy(
    lines.filter(({ option }) => option !== undefined),
    ({ question }) => question,
  );
  return (
    <section>
      <h2>{label}</h2>
      <Numbers label={label} lines={lines.filter(({ option }) => option === undefined)} className={className} />
      {[...options.values()].map((own) => (
        <Options label={label} lines={own} className={className} />
      ))}
    </section>
  );
}

function Figures({ sections, results }: { readonly sections: readonly Item[]; readonly results: Results }) {
  const { lines, className } = results;
  const isIn = ({ key }: Item, { question }: ResultLine): boolean => question === key || question.startsWith(`${key}.`);
  const whole = lines.filter((line) => !sections.some((section) => isIn(section, line)));
  return (
    <>
      <Section label="全体" lines={whole} className={className} />
      {sections.map((section) => (
        <Section
          label={numberedLabel(section.definition)}
          lines={lines.filter((line) => isIn(section, line))}
          className={className}
        />
      ))}
    </>
  );
}

interface FilesProps {
  readonly files: readonly { readonly path: string }[];
  readonly forms: readonly Form[];
  readonly hrefOf: (path: string) => string;
}

/** What people open; what programs read is folded. */
function Files({ files, forms, hrefOf }: FilesProps) {
  const named = files.map(({ path }) => ({ path, ...exportFileName(`${editionFolder}${path}`, forms) }));
  const [forPeople, others] = [true, false].map((wanted) => named.filter((file) => file.isForPeople === wanted));
  const links = (some: typeof named = []) => (
    <ul>
      {some.map(({ path, label }) => (
        <li>
          <a href={hrefOf(path)} download>
            {label}
          </a>
        </li>
      ))}
    </ul>
  );
  return (
    <>
      {links(forPeople)}
      <details>
        <summary>プログラム用のファイル（{others?.length ?? 0}件）</summary>
        {links(others)}
      </details>
    </>
  );
}

/** Before anything is published, or once all of it was taken back. */
function NothingPublished({ isTakenBack }: { readonly isTakenBack: boolean }) {
  return (
    <p>
      {isTakenBack
        ? 'この調査の結果は、公表を取りやめています。すでに入手したファイルがある場合は、利用せずに削除してください。改めて公表されると、この画面に表示します。'
        : 'この調査の結果は、まだ公表されていません。公表されると、この画面に表示します。'}
    </p>
  );
}

async function show(c: WebContext, visit: Visit, found: FoundReturn): Promise<Response> {
  const { paths, service } = visit;
  const { form, unit, key, round } = found;
  const [results, editions] = await Promise.all([readResults(service, found), service.editions(round.id)]);
  const name = `${form.title}（${unit.name}）`;
  const trail = [{ label: '調査の一覧', href: paths.home }, { label: name, href: paths.return(key) }, { label: title }];
  return page(
    c,
    { title },
    <>
      <Breadcrumbs trail={trail} />
      <h1>{title}</h1>
      <p class="hint">
        {round.name}　{name}
      </p>
      {results === undefined ? (
        <NothingPublished isTakenBack={editions.length > 0} />
      ) : (
        <>
          <p>
            公表版 第{results.published.edition}版（
            <DateTime at={new Date(results.published.publishedAt)} />
            ）の集計です。
            {results.version === undefined
              ? 'この団体の確認済の回答はありません。'
              : `「${ownName}」は、確認済の回答（第${results.version}版）です。`}
            「他の{results.className}」は、公表された回答のうち{results.className}
            のもの（この団体を除く）を集計した値で、{fewestInClass}
            団体以上が回答した設問だけを表示します。割合は小数第２位を四捨五入し、{cutMeans([form])}ています。
          </p>
          {results.lines.some(({ earlier }) => earlier.some(({ of }) => of !== 'unit')) && (
            <p>
              合併の前の年の「{ownName}
              」は、合併した団体の数の合計です。合計できない設問と、分割等のため比べられない年は「{incomparable}
              」としています。
            </p>
          )}
          <Figures sections={form.sections} results={results} />
          <h2>公表用のファイル</h2>
          <Files
            files={results.published.files}
            forms={formsOf(service.forms, round)}
            hrefOf={(path) => paths.resultFile(key, path)}
          />
        </>
      )}
    </>,
  );
}

async function download(c: WebContext, visit: Visit, { round }: FoundReturn): Promise<Response> {
  const { service, person } = visit;
  const published = await newestPublication(service, round.id);
  const record = published && (await service.exports.export(round.id, published.exportId));
  const path = `${editionFolder}${c.req.param('path') ?? ''}`;
  const request = { method: c.req.method, header: (name: string) => c.req.header(name), person };
  const sent = record && (await sendFile(service, request, round, record, path));
  return sent ?? refusalPage(c, { code: 'not-found' });
}

const route = '/rounds/:round/returns/:form/:unit/results';

export function resultsPages(app: Hono<WebEnv>): void {
  app.get(route, returnAdmitted('return.read', show));
  app.get(`${route}/:path{.+}`, returnAdmitted('return.read', download));
}
