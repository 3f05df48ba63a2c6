/** The pages of a merger, a division or a new city after the first: what becomes of the councils, and what that changes. */

import type { Child } from 'hono/jsx';
import type { Directory } from '../../../schemas/directory.ts';
import type { FieldError } from '../../../schemas/problem.ts';
import { printPartialDate } from '../../../schemas/values/partial-date.ts';
import type { ChangedVersion } from '../../domain/directory-dated-edit.ts';
import { leadsOfNew } from '../../domain/reorganisation-dated.ts';
import type { CouncilQuestion } from '../../domain/reorganisation-dated.ts';
import { newCouncil } from '../../domain/reorganisation.ts';
import type { AffectedRound } from '../../service/round-directory.ts';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { LabelledInput, LabelledSelect } from '../shared/labelled-controls.tsx';
import { page } from '../shared/layout.tsx';
import { RecoveredNotice } from '../shared/recovered-notice.tsx';
import type { PostedForm } from '../shared/posted-form.ts';
import type { Visit, WebContext } from '../shared/visit.ts';
import { DirectoryEffects } from './directory-effects.tsx';
import { packDirectory } from './directory/import.ts';
import { packPlan } from './directory/reorganisation-plan.ts';
import type { WaitingPlan } from './directory/reorganisation-plan.ts';
import { Errors, Trail } from './reorganisation-frame.tsx';

/** What happens, in a few lines. */
function Happening({ plan, directory }: { readonly plan: WaitingPlan; readonly directory: Directory }) {
  const names = new Map([...directory.municipalities, ...plan.begun].map(({ code, name }) => [code, name]));
  const nameOf = (code: string): string => names.get(code) ?? code;
  const changed = plan.changed.filter(({ code, name }) => nameOf(code) !== name);
  return (
    <ul>
      <li>合併等の日：{printPartialDate(plan.day)}</li>
      {plan.ended.map(([code, after]) => (
        <li>
          {nameOf(code)} → {after.map(nameOf).join('、')}
        </li>
      ))}
      {changed.map(({ code, name }) => (
        <li>
          {nameOf(code)} → {name}（名称の変更）
        </li>
      ))}
    </ul>
  );
}

interface StepProps {
  readonly visit: Visit;
  readonly plan: WaitingPlan;
  readonly children: Child;
}

function Step({ visit, plan, children }: StepProps) {
  return (
    <form method="post" action={visit.paths.reorganisation} id="plan">
      <CsrfField visit={visit} />
      <input type="hidden" name="plan" value={packPlan(plan)} />
      {children}
    </form>
  );
}

interface CouncilsProps {
  readonly visit: Visit;
  readonly plan: WaitingPlan;
  readonly directory: Directory;
  readonly questions: readonly CouncilQuestion[];
  readonly targets: readonly { readonly id: string; readonly name: string }[];
  readonly text: PostedForm['text'];
  readonly errors: readonly FieldError[];
}

function CouncilFields({
  question,
  targets,
  text,
  errors,
}: Pick<CouncilsProps, 'targets' | 'text' | 'errors'> & { readonly question: CouncilQuestion }) {
  const { id, name, members, leads, isDoubled } = question;
  const errorOf = (path: string): string | undefined => errors.find((each) => each.path === path)?.message;
  const others = targets.filter((each) => each.id !== id);
  return (
    <>
      <LabelledSelect
        name={`council.${id}`}
        label={name}
        hint={`続ける場合の構成市町村：${members.join('、')}${
          isDoubled ? '\n構成市町村が同じになる協議会が他にもあります。' : ''
        }`}
        value={text(`council.${id}`) || (isDoubled ? '' : 'keep')}
        options={[
          ['', '選んでください'],
          ['keep', '続ける（構成市町村・事務局を合併等の後の市町村に改める）'],
          ['end', '終える'],
          [`merge:${newCouncil}`, '新しい協議会に統合する'],
          ...others.map((each): [string, string] => [`merge:${each.id}`, `「${each.name}」に統合する`]),
        ]}
        error={errorOf(`council.${id}`)}
      />
      {leads.length > 1 && (
        <LabelledSelect
          name={`lead.${id}`}
          label={`${name}の事務局（続ける場合）`}
          value={text(`lead.${id}`)}
          options={[['', '選んでください'], ...leads.map((each) => [each.code, each.name] as const)]}
          error={errorOf(`lead.${id}`)}
        />
      )}
    </>
  );
}

export function councilsPage(c: WebContext, props: CouncilsProps): Response | Promise<Response> {
  const { visit, plan, directory, questions, targets, text, errors } = props;
  const { paths } = visit;
  const title = '協議会をどうするか';
  const hasErrors = errors.length > 0;
  const names = new Map([...directory.municipalities, ...plan.begun].map(({ code, name }) => [code, name]));
  const leads = leadsOfNew({ ended: new Map(plan.ended) });
  const errorOf = (path: string): string | undefined => errors.find((each) => each.path === path)?.message;
  const known = new Set([
    'newCouncil',
    `lead.${newCouncil}`,
    ...questions.flatMap(({ id }) => [`council.${id}`, `lead.${id}`]),
  ]);
  return page(
    c,
    { title, status: hasErrors ? 422 : 200, hasErrors },
    <>
      <Trail paths={paths} title={title} />
      <Errors errors={errors} known={known} />
      <h1>{title}</h1>
      {visit.recovered !== undefined && <RecoveredNotice />}
      <Happening plan={plan} directory={directory} />
      {questions.length > 0 && <p>次の協議会には、なくなる市町村が入っています。名簿はまだ変更されていません。</p>}
      <Step visit={visit} plan={plan}>
        {questions.map((question) => (
          <CouncilFields question={question} targets={targets} text={text} errors={errors} />
        ))}
        {questions.length > 0 && (
          <LabelledInput
            name="newCouncil"
            label="新しい協議会の名称"
            hint="「新しい協議会に統合する」を選んだ場合に入力してください。識別子は自動で付けます。"
            value={text('newCouncil')}
            error={errorOf('newCouncil')}
          />
        )}
        {questions.length > 0 && leads.length > 1 && (
          <LabelledSelect
            name={`lead.${newCouncil}`}
            label="新しい協議会の事務局"
            value={text(`lead.${newCouncil}`)}
            options={[['', '選んでください'], ...leads.map((code) => [code, names.get(code) ?? code] as const)]}
            error={errorOf(`lead.${newCouncil}`)}
          />
        )}
        <div class="button-row">
          <Button name="do" value="preview">
            変更点を確かめる
          </Button>
          <a href={paths.reorganisation}>最初から入力し直す</a>
        </div>
      </Step>
    </>,
  );
}

interface PreviewProps {
  readonly visit: Visit;
  readonly plan: WaitingPlan;
  readonly versions: readonly ChangedVersion[];
  readonly rounds: readonly AffectedRound[];
  readonly seen: number;
  /** What was chosen for the councils, as fields of a form. */
  readonly chosen: readonly (readonly [name: string, value: string])[];
}

export function previewPage(
  c: WebContext,
  { visit, plan, versions, rounds, seen, chosen }: PreviewProps,
): Response | Promise<Response> {
  const { paths } = visit;
  const title = '合併等による名簿の変更点';
  const [first] = versions;
  return page(
    c,
    { title, wide: true },
    <>
      <Trail paths={paths} title={title} />
      <h1>{title}</h1>
      {visit.recovered !== undefined && <RecoveredNotice />}
      {first !== undefined && <Happening plan={plan} directory={first.before} />}
      <p>
        名簿はまだ変更されていません。なくなる市町村の利用者は、合併等の日から回答できなくなり、後の市町村の利用者が回答を引き継ぎます。
      </p>
      <DirectoryEffects versions={versions} rounds={rounds} paths={paths} />
      <Step visit={visit} plan={plan}>
        {chosen.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        {versions.map(({ after }) => (
          <input type="hidden" name="proposal" value={packDirectory(after)} />
        ))}
        <input type="hidden" name="seen" value={String(seen)} />
        <div class="button-row">
          <Button name="do" value="apply">
            この内容で名簿を更新する
          </Button>
          <a href={paths.reorganisation}>更新せずに戻る</a>
        </div>
      </Step>
    </>,
  );
}
