/** Accepting a return, undoing that, and what was done with it just now. */

import type { Standing } from '../../domain/life.ts';
import { returnName } from '../../domain/log.ts';
import type { FoundReturn } from '../../service/access.ts';
import { Button } from '../shared/button.tsx';
import { LabelledTextArea } from '../shared/labelled-controls.tsx';
import { CsrfField } from '../shared/csrf-field.tsx';
import { Notice } from '../shared/notice.tsx';
import type { RoundView } from './round-view.ts';
import { mayDo } from '../shared/visit.ts';
import type { Visit } from '../shared/visit.ts';

export interface ReviewProps {
  readonly visit: Visit;
  readonly found: FoundReturn;
  readonly standing: Standing;
  readonly suffix: string;
}

interface AcceptanceProps extends ReviewProps {
  readonly hasTexts: boolean;
  /** Whether another one waits for a decision. */
  readonly hasNext: boolean;
}

export function Acceptance({ visit, found, standing, suffix, hasTexts, hasNext }: AcceptanceProps) {
  if (standing.state !== 'submitted' || !mayDo(visit, 'return.decide')) return <></>;
  const read = hasTexts ? '公表される記述を読み、' : '';
  return (
    <section aria-labelledby="accept">
      <h2 id="accept">確認の結果</h2>
      <form method="post" action={visit.paths.decision(found.key) + suffix}>
        <CsrfField visit={visit} />
        <input type="hidden" name="version" value={String(standing.version)} />
        {hasTexts && <input type="hidden" name="read" value="yes" />}
        <div class="button-row">
          {hasNext && (
            <Button name="decision" value="acceptAndNext">
              {read}確認済にして次へ
            </Button>
          )}
          <Button kind={hasNext ? 'secondary' : 'primary'} name="decision" value="accept">
            {read}確認済にする
          </Button>
          <a href="#answers">差し戻す項目を選ぶ</a>
        </div>
      </form>
    </section>
  );
}

/** Pressed by mistake: what was accepted goes back to those that wait, as long as nothing was published since. */
export function Undoing({ visit, found, standing, suffix, view }: ReviewProps & { readonly view: RoundView }) {
  const mayBeUndone =
    mayDo(visit, 'return.decide') && view.state.undoable.has(returnName(found.key.form, found.key.unit));
  if (standing.state !== 'accepted' || !mayBeUndone) return <></>;
  return (
    <details>
      <summary>確認済を取り消す</summary>
      <div>
        <p class="hint">
          誤って確認済にしたときに、県で確認中に戻します。市町村に修正を求めるときは、下の「訂正のための差戻し」を使います。
        </p>
        <form method="post" action={visit.paths.decision(found.key) + suffix}>
          <CsrfField visit={visit} />
          <input type="hidden" name="version" value={String(standing.version)} />
          <LabelledTextArea
            id="undo-reason"
            name="undoReason"
            label="取り消す理由（履歴に残ります）"
            value={visit.recovered?.get('undoReason') ?? ''}
            error={undefined}
            rows={2}
          />
          <Button kind="secondary" name="decision" value="undo">
            確認済を取り消す
          </Button>
        </form>
      </div>
    </details>
  );
}

const outcomes = {
  accepted: { state: 'accepted', title: '確認済にしました。' },
  undone: { state: 'submitted', title: '確認済を取り消しました。県で確認中に戻っています。' },
  returned: { state: 'returned', title: '差し戻しました。市町村の「調査の一覧」に理由が表示されます。' },
  corrected: {
    state: 'submitted',
    title: '職権訂正を提出しました。理由と変更点は市町村の画面に表示されます。内容を確かめて、確認済にしてください。',
  },
} as const;

export function Done({ done, standing }: { done: string | undefined; standing: Standing }) {
  const [, outcome] = Object.entries(outcomes).find(([name]) => name === done) ?? [];
  return outcome?.state === standing.state ? <Notice kind="success" title={outcome.title} /> : <></>;
}
