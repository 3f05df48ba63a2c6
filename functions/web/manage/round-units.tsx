/** 照会先 of a round: of whom each of its forms is asked. */

import type { Hono } from 'hono';
import type { Form } from '../../../schemas/form.ts';
import type { FieldError } from '../../../schemas/problem.ts';
import { problems } from '../../../schemas/problem.ts';
import { formsOf } from '../../../schemas/round-forms.ts';
import type { AskedUnits, Round } from '../../../schemas/round.ts';
import { withParameters } from '../shared/address.ts';
import { roundAdmitted } from '../shared/admission.tsx';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { linkedErrors } from '../shared/labelled-controls.tsx';
import { page } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { postedForm } from '../shared/posted-form.ts';
import { RoundNav } from '../shared/round-nav.tsx';
import { UnitPicker, chosenUnits, pickedOf, postedUnits } from '../shared/unit-picker.tsx';
import type { PickedUnits } from '../shared/unit-picker.tsx';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';
import { seenOf } from './round-form.ts';

/** The name of a form's picker, and the path of what is wrong with it. */
function pickerName(form: Pick<Form, 'id'>): string {
  return `units.${form.id}`;
}

interface UnitsForm {
  readonly pickedFor: (form: Form) => PickedUnits;
  readonly seen: string;
  readonly errors: readonly FieldError[];
  readonly isChangedMeanwhile?: boolean;
}

async function unitsPage(c: WebContext, visit: Visit, round: Round, units: UnitsForm): Promise<Response> {
  const { service, paths } = visit;
  const { pickedFor, seen, errors, isChangedMeanwhile = false } = units;
  const [directory, state] = await Promise.all([
    service.store.directoryOfRound(round),
    service.store.roundState(round.id),
  ]);
  const startedOf = ({ id }: Form): ReadonlySet<string> =>
    new Set(
      [...(state?.returns.keys() ?? [])]
        .filter((name) => name.startsWith(`${id}#`))
        .map((name) => name.slice(id.length + 1)),
    );
  const hasErrors = errors.length > 0;
  const title = '照会先';
  return page(
    c,
    { title, hasErrors, status: hasErrors ? 422 : isChangedMeanwhile ? 412 : 200 },
    <>
      <RoundNav paths={paths} round={round} current="roundSettings" trail={[{ label: title }]} />
      <ErrorSummary errors={linkedErrors(errors)} />
      {isChangedMeanwhile && (
        <Notice kind="warning" title="表示後に他の人が設定を保存しました。選んだ内容はまだ保存されていません。">
          <p>下の内容でよければ、もう一度保存してください。</p>
        </Notice>
      )}
      {c.req.query('done') === 'saved' && <Notice kind="success" title="照会先を保存しました。" />}
      <h1>{title}</h1>
      <p>
        回答を求める団体を調査票ごとに選びます。選ばれていない団体には表示されず、対象の数、未提出、集計にも入りません。すでに回答のある団体は外せません。
      </p>
      <form method="post" action={paths.roundUnits(round.id)}>
        <CsrfField visit={visit} />
        <input type="hidden" name="seen" value={seen} />
        {formsOf(service.forms, round).map((form) => (
          <UnitPicker
            name={pickerName(form)}
            legend={form.title}
            directory={directory}
            kinds={[form.units]}
            picked={pickedFor(form)}
            error={errors.find(({ path }) => path === pickerName(form))?.message}
            started={startedOf(form)}
          />
        ))}
        <div class="button-row">
          <Button>照会先を保存する</Button>
          <a href={paths.roundSettings(round.id)}>保存せずに戻る</a>
        </div>
      </form>
    </>,
  );
}

async function show(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const directory = await visit.service.store.directoryOfRound(round);
  return unitsPage(c, visit, round, {
    pickedFor: ({ id, units }) => pickedOf(directory, units, round.units?.[id]),
    seen: seenOf(round),
    errors: [],
  });
}

async function save(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const { service, person, paths } = visit;
  const post = await postedForm(c);
  const seen = post.text('seen');
  const pickedFor = (form: Form): PickedUnits => postedUnits(post, pickerName(form));
  const directory = await service.store.directoryOfRound(round);
  const chosen = formsOf(service.forms, round).map((form) => ({
    form,
    units: chosenUnits(directory, form.units, pickedFor(form)),
  }));
  const errors = chosen.flatMap(({ form, units }): FieldError[] => {
    const path = pickerName(form);
    if (!units.ok) return [{ path, code: 'unknown-unit', message: `「${form.title}」の${units.message}` }];
    if (units.codes?.length !== 0) return [];
    return [{ path, code: 'too-small', message: `「${form.title}」の照会先を1つ以上選んでください。` }];
  });
  if (errors.length > 0) return unitsPage(c, visit, round, { pickedFor, seen, errors });
  const wanted: AskedUnits = Object.fromEntries(
    chosen.flatMap(({ form, units }) => (units.ok && units.codes !== undefined ? [[form.id, units.codes]] : [])),
  );
  const { id, directoryVersion: _pinned, documents: _documents, units: _before, ...rest } = round;
  const definition = { ...rest, ...(Object.keys(wanted).length === 0 ? {} : { units: wanted }) };
  const defined = await service.defineRound(id, definition, person.name, {
    isAsSeen: (before) => seenOf(before) === seen,
  });
  if (defined.ok) return c.redirect(withParameters(paths.roundUnits(id), { done: 'saved' }), 303);
  const { code, detail, errors: wrong } = defined.problem;
  if (code !== 'precondition-failed') {
    const [first] = chosen;
    const path = first === undefined ? '' : pickerName(first.form);
    const said = wrong ?? [{ path, code, message: detail ?? problems[code].title }];
    return unitsPage(c, visit, round, { pickedFor, seen, errors: said });
  }
  const now = await service.store.round(id);
  return unitsPage(c, visit, now ?? round, {
    pickedFor,
    seen: seenOf(now ?? round),
    errors: [],
    isChangedMeanwhile: true,
  });
}

export function roundUnitsPages(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/units', roundAdmitted('rounds.write', show));
  app.post('/rounds/:round/units', roundAdmitted('rounds.write', save));
}
