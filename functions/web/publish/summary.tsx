/** The tally as it stands: an index with the named figures, and a page per section with its charts and tables. */

import type { Hono } from 'hono';
import { isOfMunicipalities, kindLabels, unitsByCode } from '../../../schemas/directory.ts';
import type { Directory } from '../../../schemas/directory.ts';
import type { Summary } from '../../../schemas/export.ts';
import type { Form, Item } from '../../../schemas/form.ts';
import type { Round } from '../../../schemas/round.ts';
import { analysisKinds } from '../../domain/analysis/request.ts';
import { perLogNumber } from '../../service/per-log-number.ts';
import { formsOf } from '../../../schemas/round-forms.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import { absentByForm, figuresOfClass, summaryOf, talliesOf } from '../../service/summary.ts';
import type { SummaryOfClass } from '../../service/summary.ts';
import { DateTime } from '../shared/time.tsx';
import { page } from '../shared/layout.tsx';
import { withParameters } from '../shared/address.ts';
import { refusalPage, roundAdmitted } from '../shared/admission.tsx';
import { classesOf } from '../../../schemas/unit-classes.ts';
import { NamedByClass, SectionByClass } from './class-figures.tsx';
import { SummaryQuestion } from './figures.tsx';
import type { FigureContext } from './figures.tsx';
import { Behind } from '../shared/notice.tsx';
import { RoundNav } from '../shared/round-nav.tsx';
import { figureOf, namedFigures, sectionBlocks } from './summary-blocks.ts';
import type { SummaryBlock } from './summary-blocks.ts';
import { Table } from '../shared/table.tsx';
import { roundAsOf } from '../../domain/log.ts';
import type { RoundState } from '../../domain/log.ts';
import { cutMeans } from '../../domain/report/words.ts';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';
import { Ways } from '../shared/ways.tsx';

/** Every return of the round is read for it. */
const keptSummary = perLogNumber(summaryOf);
const keptTallies = perLogNumber(talliesOf);

interface Tallied {
  readonly visit: Visit;
  readonly round: Round;
  readonly state: RoundState;
  readonly directory: Directory;
  readonly summary: Summary;
  readonly absent: ReadonlyMap<string, number>;
  /** By which class it is shown. */
  readonly ofClass: SummaryOfClass | undefined;
}

async function tallied(visit: Visit, round: Round, by: string): Promise<Tallied> {
  const { service } = visit;
  const state = await service.store.roundState(round.id);
  if (state === undefined) throw new TypeError(`round ${round.id} has no log`);
  const [directory, summary, absent] = await Promise.all([
    service.store.directoryOfRound(roundAsOf(round, state)),
    keptSummary(service, round.id, state.asOf.seq, round, state),
    absentByForm(service, round, state),
  ]);
  const ofClass =
    by === '' ? undefined : figuresOfClass(await keptTallies(service, round.id, state.asOf.seq, round, state), by);
  return { visit, round, state, directory, summary, absent, ofClass };
}

function AsOf({ visit, round, state, directory, absent, summary }: Tallied) {
  const { asOf, municipalities, councils, units: others = {} } = summary;
  const forms = formsOf(visit.service.forms, round);
  const labels = kindLabels(directory);
  const asked = new Set(forms.map(({ units }) => (isOfMunicipalities(units) ? 'municipality' : units)));
  const answered = new Map(Object.entries({ ...others, municipality: municipalities, council: councils }));
  return (
    <>
      <p>
        履歴の番号 {asOf.seq}（<DateTime at={new Date(asOf.at)} />
        ）現在、提出済と確認済の回答を集計しています（{forms.length > 1 && 'いずれかの調査票に回答のある数：'}
        {[...asked].map((units) => `${labels.get(units) ?? units} ${answered.get(units) ?? 0}`).join('、')}）。
        {absent.size > 0 &&
          `このほか、回答なしと記録されたものが、${forms
            .filter(({ id }) => absent.has(id))
            .map(({ id, title }) => `${title} ${absent.get(id) ?? 0}件`)
            .join('、')}あります。`}
        割合は小数第２位を四捨五入し、{cutMeans(forms)}ています。
      </p>
      <Behind isBehind={state.isBehind} />
    </>
  );
}

function sectionHref({ visit: { paths }, round, ofClass }: Tallied, form: Form, section: Item): string {
  return withParameters(paths.summary(round.id), { form: form.id, section: section.key, by: ofClass?.by.id });
}

interface ByClassProps {
  readonly all: Tallied;
  /** Of the section that is shown. */
  readonly shown?: { readonly form: string; readonly section: string };
}

/** 「…別」: the whole, or by one of the classes of the round's directory. */
function ByClass({ all: { visit, round, directory, ofClass }, shown }: ByClassProps) {
  const choices = [
    { id: undefined, label: '全体' },
    ...classesOf(directory).map(({ id, label }) => ({ id, label: `${label}別` })),
  ];
  return (
    <nav class="round-nav no-print" aria-label="集計の分け方">
      <ul>
        {choices.map(({ id, label }) => (
          <li>
            <a
              href={withParameters(visit.paths.summary(round.id), { ...shown, by: id })}
              aria-current={id === ofClass?.by.id ? 'page' : undefined}
            >
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Named({ form, all: { summary, ofClass } }: { form: Form; all: Tallied }) {
  if (ofClass !== undefined) return <NamedByClass form={form} whole={summary.rows} {...ofClass} />;
  const figures = namedFigures(form, summary.rows);
  if (figures.length === 0) return <></>;
  return (
    <Table
      label={`${form.title}：主な数の表`}
      caption="主な数"
      rows={figures}
      columns={[
        { heading: '項目', isName: true, cell: ({ label }) => label },
        { heading: '数', isNumber: true, cell: ({ value }) => value },
        { heading: '内訳', cell: ({ working }) => working },
      ]}
    />
  );
}

function indexPage(c: WebContext, all: Tallied): Response | Promise<Response> {
  const { visit, round, summary } = all;
  const forms = formsOf(visit.service.forms, round);
  return page(
    c,
    { title: '集計' },
    <>
      <RoundNav paths={visit.paths} round={round} current="summary" />
      <h1>集計</h1>
      <AsOf {...all} />
      <p class="no-print">
        <a href={visit.paths.analysis(round.id)}>分析（{Object.values(analysisKinds).join('、')}）</a>
      </p>
      <ByClass all={all} />
      {forms.map((form) => (
        <section aria-labelledby={`form-${form.id}`}>
          <h2 id={`form-${form.id}`}>{form.title}</h2>
          <Named form={form} all={all} />
          <ul>
            {form.sections
              .filter((section) => sectionBlocks(form, section, summary.rows).length > 0)
              .map((section) => (
                <li>
                  <a href={sectionHref(all, form, section)}>{numberedLabel(section.definition)}</a>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </>,
  );
}

interface Section {
  readonly form: Form;
  readonly section: Item;
  readonly blocks: readonly SummaryBlock[];
}

function nameIn(directory: Directory, form: Form): (code: string) => string {
  const units = unitsByCode(directory, form.units);
  return (code) => units.get(code)?.name ?? code;
}

interface NeighboursProps {
  readonly all: Tallied;
  readonly form: Form;
  readonly section: Item;
  /** Two on a page need different names. */
  readonly label: string;
}

function Neighbours({ all, form, section, label }: NeighboursProps) {
  const at = form.sections.indexOf(section);
  const shown = (each: Item | undefined): each is Item =>
    each !== undefined && sectionBlocks(form, each, all.summary.rows).length > 0;
  const previous = form.sections.slice(0, at).findLast(shown);
  const next = form.sections.slice(at + 1).find(shown);
  const way = (each: Item | undefined, mark: string) =>
    each && { href: sectionHref(all, form, each), label: `${mark}：${numberedLabel(each.definition)}` };
  return (
    <Ways label={label} previous={way(previous, '前')} next={way(next, '次')}>
      <a href={withParameters(all.visit.paths.summary(all.round.id), { by: all.ofClass?.by.id })}>集計の目次</a>
    </Ways>
  );
}

function sectionPage(c: WebContext, all: Tallied, { form, section, blocks }: Section): Response | Promise<Response> {
  const { visit, round, directory } = all;
  const title = numberedLabel(section.definition);
  const here = sectionHref(all, form, section);
  const context: FigureContext = {
    nameOf: nameIn(directory, form),
    namesHref: (question, option) => withParameters(here, { question, option }),
  };
  return page(
    c,
    { title: `集計：${title}`, wide: true },
    <>
      <RoundNav paths={visit.paths} round={round} current="summary" trail={[{ label: `${form.title} ${title}` }]} />
      <h1>
        集計　{form.title}　{title}
      </h1>
      <AsOf {...all} />
      <ByClass all={all} shown={{ form: form.id, section: section.key }} />
      <Neighbours all={all} form={form} section={section} label="集計の前後の区分" />
      {all.ofClass === undefined ? (
        blocks.map((block) => <SummaryQuestion block={block} {...context} />)
      ) : (
        <SectionByClass form={form} section={section} blocks={blocks} whole={all.summary.rows} {...all.ofClass} />
      )}
      <Neighbours all={all} form={form} section={section} label="集計の前後の区分（ページの終わり）" />
    </>,
  );
}

function namesPage(
  c: WebContext,
  all: Tallied,
  chosen: Section,
  question: string,
  option: string,
): Response | Promise<Response> {
  const { visit, round, directory } = all;
  const { form, section, blocks } = chosen;
  const figure = figureOf(blocks, question, option);
  if (figure?.units === undefined) return refusalPage(c, { code: 'not-found' });
  const title = `${figure.label}（${figure.units.length}件）`;
  return page(
    c,
    { title },
    <>
      <RoundNav
        paths={visit.paths}
        round={round}
        current="summary"
        trail={[{ label: numberedLabel(section.definition), href: sectionHref(all, form, section) }, { label: title }]}
      />
      <h1>{title}</h1>
      <p>{figure.units.map(nameIn(directory, form)).join('、')}</p>
    </>,
  );
}

async function summaryPage(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const { form: formId, section: key, question, option, by = '' } = c.req.query();
  const all = await tallied(visit, round, by);
  if (formId === undefined) return indexPage(c, all);
  const form = formsOf(visit.service.forms, round).find(({ id }) => id === formId);
  const section = form?.sections.find((each) => each.key === key);
  if (form === undefined || section === undefined) return refusalPage(c, { code: 'not-found' });
  const chosen: Section = { form, section, blocks: sectionBlocks(form, section, all.summary.rows) };
  if (question !== undefined && option !== undefined) return namesPage(c, all, chosen, question, option);
  return sectionPage(c, all, chosen);
}

export function summaryPages(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/summary', roundAdmitted('summary.read', summaryPage));
}
