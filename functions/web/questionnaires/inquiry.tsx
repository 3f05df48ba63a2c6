/** An urgent inquiry (緊急照会): typed, seen as the municipalities will see it, and begun. */

import type { Hono } from 'hono';
import { formOfDocument } from '../../../schemas/document/form.ts';
import { askedUnits } from '../../../schemas/asked-units.ts';
import { problems } from '../../../schemas/problem.ts';
import type { FieldError } from '../../../schemas/problem.ts';
import { dayInJapan } from '../../../schemas/round.ts';
import { fiscalYearOf } from '../../../schemas/values/partial-date.ts';
import { inquiryName, inquiryRound } from '../../domain/inquiry.ts';
import { startInquiry } from '../../service/inquiries.ts';
import { beginWorkingCopy } from '../answer/working-copy.ts';
import { admitted, refusalPage } from '../shared/admission.tsx';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { page } from '../shared/layout.tsx';
import { postedForm } from '../shared/posted-form.ts';
import { SummaryList } from '../shared/summary-list.tsx';
import { DateTime } from '../shared/time.tsx';
import { chosenUnits, pickedEverybody } from '../shared/unit-picker.tsx';
import type { ChosenUnits } from '../shared/unit-picker.tsx';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';
import { askedField, newQuestion, postedInquiry, readInquiry, withoutQuestion } from './inquiry-form.ts';
import type { InquiryFields } from './inquiry-form.ts';
import { InquiryForm, InquiryHidden, InquiryTrail, inquiryTitle } from './inquiry-view.tsx';
import { TrialQuestions } from './trial-view.tsx';

async function formPage(
  c: WebContext,
  visit: Visit,
  fields: InquiryFields,
  errors: readonly FieldError[] = [],
): Promise<Response> {
  const held = await visit.service.store.currentDirectory();
  const hasErrors = errors.length > 0;
  return page(
    c,
    { title: inquiryTitle, hasErrors, status: hasErrors ? 422 : 200, script: true },
    <InquiryForm visit={visit} fields={fields} errors={errors} directory={held?.directory} />,
  );
}

async function nextName({ service, now }: Visit): Promise<string> {
  const [rounds, stored] = await Promise.all([service.store.rounds(), service.store.storedForms()]);
  const taken = new Set([...rounds.map(({ id }) => id), ...stored.map(({ form }) => form)]);
  return inquiryName(now, (id) => taken.has(id));
}

/** What is wrong with whom an inquiry is to ask. */
function askedErrors(chosen: ChosenUnits): FieldError[] {
  if (!chosen.ok) return [{ path: askedField, code: 'unknown-unit', message: chosen.message }];
  if (chosen.codes?.length !== 0) return [];
  const message =
    '照会先の団体を1つ以上選んでください。「照会先」に当てはまる団体を選ぶか、「全ての団体」にしてください。';
  return [{ path: askedField, code: 'required', message }];
}

/** More are counted. */
const mostNamed = 100;

type Ready = Extract<ReturnType<typeof readInquiry>, { ok: true }>;

async function previewPage(
  c: WebContext,
  visit: Visit,
  fields: InquiryFields,
  { document, dueAt }: Ready,
): Promise<Response> {
  const { service, paths, now } = visit;
  const built = formOfDocument(document);
  if (!('form' in built)) return formPage(c, visit, fields, built.errors);
  const held = await service.store.currentDirectory();
  if (held === undefined) return refusalPage(c, { code: 'no-directory' }, { href: paths.directory, label: '名簿へ' });
  const { directory } = held;
  const { form } = built;
  const chosen = chosenUnits(directory, form.units, fields.asked);
  const errors = askedErrors(chosen);
  if (!chosen.ok || errors.length > 0) return formPage(c, visit, fields, errors);
  const terms = { dueAt, asked: chosen.codes };
  const round = { ...inquiryRound(form.title, document, terms, now), id: document.id, directoryVersion: held.version };
  const asked = [...askedUnits(directory, round, form).values()];
  const named = asked.slice(0, mostNamed).map(({ name }) => name);
  return page(
    c,
    { title: '照会の内容の確認' },
    <>
      <InquiryTrail paths={paths} />
      <h1>照会の内容の確認</h1>
      <p>まだ始まっていません。市町村に表示される内容を確かめてください。</p>
      <SummaryList
        terms={[
          ['照会の名称', form.title],
          [
            '照会先',
            `${asked.length}団体${terms.asked === undefined ? '' : `（${named.join('、')}${asked.length > mostNamed ? 'など' : ''}）`}`,
          ],
          ['受付', 'この画面のボタンを押した時から'],
          ['回答期限', <DateTime at={dueAt} />],
          form.help === '' ? undefined : ['記入要領', <span class="preserved">{form.help}</span>],
        ]}
      />
      <form method="post" action={paths.newInquiry}>
        <CsrfField visit={visit} />
        <InquiryHidden fields={fields} />
        <input type="hidden" name="id" value={document.id} />
        <section class="card">
          <TrialQuestions
            visit={visit}
            form={form}
            trial={beginWorkingCopy(form)}
            directory={directory}
            round={round}
          />
        </section>
        <div class="button-row">
          <Button name="action" value="start">
            この内容で照会を始める
          </Button>
          <Button kind="secondary" name="action" value="edit">
            戻って直す
          </Button>
        </div>
      </form>
    </>,
  );
}

async function begin(c: WebContext, visit: Visit, fields: InquiryFields, ready: Ready): Promise<Response> {
  const { service, person, paths, now } = visit;
  const held = await service.store.currentDirectory();
  const chosen = held && chosenUnits(held.directory, ready.document.units, fields.asked);
  const wrong = chosen === undefined ? [] : askedErrors(chosen);
  if (chosen?.ok === false || wrong.length > 0) return formPage(c, visit, fields, wrong);
  const started = await startInquiry(service, { ...ready, asked: chosen?.codes }, person.name, now);
  if (started.ok) return c.redirect(paths.round(started.value.round), 303);
  const { code, detail, errors } = started.problem;
  return formPage(c, visit, fields, errors ?? [{ path: 'title', code, message: detail ?? problems[code].title }]);
}

async function post(c: WebContext, visit: Visit): Promise<Response> {
  const typed = await postedForm(c);
  const fields = postedInquiry(typed);
  const [verb = '', at = ''] = typed.text('action').split(':', 2);
  if (verb === 'add') return formPage(c, visit, { ...fields, questions: [...fields.questions, newQuestion] });
  if (verb === 'remove') return formPage(c, visit, withoutQuestion(fields, Number(at)));
  if (verb === 'edit') return formPage(c, visit, fields);
  const id = typed.text('id');
  const version = fiscalYearOf(dayInJapan(visit.now));
  const read = readInquiry(fields, { id: id === '' ? await nextName(visit) : id, version }, visit.now);
  if (!read.ok) return formPage(c, visit, fields, read.errors);
  return verb === 'start' ? begin(c, visit, fields, read) : previewPage(c, visit, fields, read);
}

export function inquiryPages(app: Hono<WebEnv>): void {
  const empty: InquiryFields = {
    title: '',
    help: '',
    dueAt: '',
    units: 'municipality',
    asked: pickedEverybody,
    questions: [newQuestion],
  };
  app.get(
    '/inquiries/new',
    admitted('rounds.write', (c, visit) => formPage(c, visit, empty)),
  );
  app.post('/inquiries/new', admitted('rounds.write', post));
}
