/** Before one unit of the directory is changed or removed: what follows from it. */

import { printPartialDate } from '../../../schemas/values/partial-date.ts';
import { alsoIn } from '../../domain/directory-dated-edit.ts';
import type { ChangedVersion } from '../../domain/directory-dated-edit.ts';
import type { AffectedRound } from '../../service/round-directory.ts';
import { withParameters } from '../shared/address.ts';
import { Button } from '../shared/button.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { ErrorSummary } from '../shared/error-summary.tsx';
import { fieldId } from '../shared/labelled-controls.tsx';
import { page } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import type { WebContext } from '../shared/visit.ts';
import { DatedFields } from './directory-edit-view.tsx';
import type { EditProps } from './directory-edit-view.tsx';
import { AffectedRounds, DirectoryEffects } from './directory-effects.tsx';
import { Trail } from './reorganisation-frame.tsx';

interface ConfirmationProps extends Pick<EditProps, 'visit' | 'edited' | 'fields' | 'dated'> {
  readonly versions: readonly ChangedVersion[];
  readonly rounds: readonly AffectedRound[];
}

/** What was typed is posted once more, to be saved or to be put right. */
export function confirmationView(c: WebContext, props: ConfirmationProps): Response | Promise<Response> {
  const { visit, edited, fields, dated, versions, rounds } = props;
  const { paths } = visit;
  const edit = `${edited.list}/${edited.id}`;
  const title = `${fields.name}の変更点`;
  const posted = {
    edit,
    seen: dated.seen,
    basis: dated.basis,
    from: dated.from,
    ...fields,
    ...Object.fromEntries(dated.later.map(({ day }) => [alsoIn(day), dated.chosen(alsoIn(day))])),
    confirmed: 'yes',
  };
  const kept = dated.later.filter(({ day }) => !versions.some((each) => each.day === day));
  return page(
    c,
    { title, wide: true },
    <>
      <Trail paths={paths} title={title} />
      <h1>{title}</h1>
      <p>名簿はまだ変更されていません。</p>
      <DirectoryEffects versions={versions} rounds={rounds} paths={paths} />
      {kept.length > 0 && (
        <p>
          {kept.map(({ day, version }) => `${printPartialDate(day)}からの名簿（第${version}版）`).join('、')}
          は変わりません。
        </p>
      )}
      <form method="post" action={withParameters(paths.directory, { edit })}>
        <CsrfField visit={visit} />
        {Object.entries(posted).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <div class="button-row">
          <Button name="do" value="save">
            この内容で名簿を更新する
          </Button>
          <Button kind="secondary" name="do" value="back">
            戻って直す
          </Button>
        </div>
      </form>
    </>,
  );
}

interface RemovalProps extends Pick<EditProps, 'visit' | 'edited' | 'directory' | 'fields' | 'dated' | 'errors'> {
  readonly rounds: readonly AffectedRound[];
  /** Somebody has changed the directory since it was shown. */
  readonly isStale: boolean;
}

export function removalView(c: WebContext, props: RemovalProps): Response | Promise<Response> {
  const { visit, edited, fields, rounds, errors, isStale } = props;
  const { paths } = visit;
  const edit = `${edited.list}/${edited.id}`;
  const title = `${fields.name}を名簿から削除しますか`;
  const hasErrors = errors.length > 0;
  const asked = new Set(['from', ...props.dated.later.map(({ day }) => alsoIn(day))]);
  return page(
    c,
    { title, status: hasErrors ? 422 : isStale ? 412 : 200, hasErrors },
    <>
      <Trail paths={paths} title={title} />
      {hasErrors && (
        <ErrorSummary
          errors={errors.map(({ path, message }) => ({
            href: asked.has(path) ? `#${fieldId(path)}` : '#remove',
            message,
          }))}
        />
      )}
      <h1>{title}</h1>
      {isStale && (
        <Notice kind="warning" title="この画面を開いた後に、他の人が名簿を変更しました。まだ削除されていません。" />
      )}
      <p>
        誤って登録したものを除くための操作です。廃止や合併で終わったものは、削除せずに「有効終了」を入力してください。削除は今後の調査に反映されます。
      </p>
      <AffectedRounds rounds={rounds} paths={paths} />
      <form method="post" action={paths.directory} id="remove">
        <CsrfField visit={visit} />
        <input type="hidden" name="edit" value={edit} />
        <input type="hidden" name="confirmed" value="yes" />
        <DatedFields {...props} />
        <div class="button-row">
          <Button kind="danger" name="do" value="remove">
            削除する
          </Button>
          <a href={withParameters(paths.directory, { edit })}>削除せずに戻る</a>
        </div>
      </form>
    </>,
  );
}
