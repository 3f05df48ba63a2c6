/** 依頼文 and 記入要領 of a round, written by the prefecture. */

import type { Hono } from 'hono';
import { errorsOf } from '../../../schemas/issues.ts';
import type { FieldError } from '../../../schemas/problem.ts';
import { mostTextCharacters, roundTexts } from '../../../schemas/round-texts.ts';
import type { RoundTexts } from '../../../schemas/round-texts.ts';
import type { Round } from '../../../schemas/round.ts';
import { settingsEtag } from '../../service/round-settings.ts';
import { withParameters } from '../shared/address.ts';
import { refusalPage, roundAdmitted } from '../shared/admission.tsx';
import { LabelledTextArea, fieldId } from '../shared/labelled-controls.tsx';
import { postedForm } from '../shared/posted-form.ts';
import { settingsFormPage } from '../shared/settings-form.tsx';
import { RoundTextsView, roundTextLabels } from '../shared/round-texts-view.tsx';
import type { Visit, WebContext, WebEnv } from '../shared/visit.ts';

const fields = ['request', 'instructions'] as const;
type Typed = Readonly<Record<(typeof fields)[number], string>>;

const hints = {
  request: '調査を依頼する文です。市町村の最初の画面から開けます。',
  instructions: '回答のしかたの説明です。調査票ごとの記入要領の初めにも表示します。',
} as const;

function typed(textOf: (name: string) => string): Typed {
  return { request: textOf('request'), instructions: textOf('instructions') };
}

interface TextsForm {
  readonly texts: Typed;
  /** The revision of what the form was filled from. */
  readonly seen: string;
  readonly errors: readonly FieldError[];
  /** Saved by somebody else since. */
  readonly meanwhile?: RoundTexts;
}

function textsPage(c: WebContext, visit: Visit, round: Round, form: TextsForm): Response | Promise<Response> {
  const { texts, seen, errors, meanwhile } = form;
  const { paths } = visit;
  return settingsFormPage(c, visit, round, {
    title: '依頼文・記入要領',
    place: 'roundSettings',
    action: paths.roundTexts(round.id),
    back: paths.roundSettings(round.id),
    saved: '依頼文・記入要領を保存しました。',
    introduction: (
      <p>
        市町村に示す文です。空の行で段落を分けます。空欄にしたものは表示しません。
        <a href={paths.roundGuide(round.id)}>市町村に見える画面を開く</a>
      </p>
    ),
    fields: fields.map((name) => (
      <LabelledTextArea
        id={fieldId(name)}
        name={name}
        label={roundTextLabels[name]}
        hint={`${hints[name]}${mostTextCharacters.toLocaleString('ja-JP')}文字まで。`}
        value={texts[name]}
        error={errors.find(({ path }) => path === name)?.message}
        rows={16}
      />
    )),
    seen,
    errors,
    meanwhile: meanwhile === undefined ? undefined : <RoundTextsView texts={meanwhile} />,
  });
}

async function show(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const kept = await visit.service.store.roundTexts(round.id);
  const { recovered } = visit;
  const { request = '', instructions = '' } = kept.settings;
  return textsPage(c, visit, round, {
    texts: recovered === undefined ? { request, instructions } : typed((name) => recovered.get(name) ?? ''),
    seen: recovered?.get('seen') ?? String(kept.revision),
    errors: [],
  });
}

async function save(c: WebContext, visit: Visit, round: Round): Promise<Response> {
  const { service, person, paths } = visit;
  const post = await postedForm(c);
  const texts = typed(post.text);
  const seen = post.text('seen');
  const wanted = Object.fromEntries(fields.flatMap((name) => (texts[name] === '' ? [] : [[name, texts[name]]])));
  const parsed = roundTexts.safeParse(wanted);
  if (!parsed.success) {
    const errors = errorsOf(parsed.error, wanted, fields.length).map((error) => {
      const name = fields.find((each) => each === error.path);
      return name === undefined ? error : { ...error, message: `「${roundTextLabels[name]}」：${error.message}` };
    });
    return textsPage(c, visit, round, { texts, seen, errors });
  }
  const ifMatch = settingsEtag({ revision: Number(seen) });
  const saved = await service.saveRoundTexts(round.id, parsed.data, { ifMatch }, person.name);
  if (saved.ok) return c.redirect(withParameters(paths.roundTexts(round.id), { done: 'saved' }), 303);
  if (saved.problem.code !== 'precondition-failed')
    return refusalPage(c, saved.problem, { href: paths.roundTexts(round.id), label: '依頼文・記入要領へ戻る' });
  const kept = await service.store.roundTexts(round.id);
  return textsPage(c, visit, round, { texts, seen: String(kept.revision), errors: [], meanwhile: kept.settings });
}

export function roundTextsPages(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/texts', roundAdmitted('rounds.write', show));
  app.post('/rounds/:round/texts', roundAdmitted('rounds.write', save));
}
