/** The answers under review beside earlier ones, with a box at every question that sends it back. */

import type { AnswerBlock, AnswerRow } from '../../domain/answer-rows.ts';
import { PagedAnswers, answersPage } from '../shared/answers-view.tsx';
import { Button } from '../shared/button.tsx';
import { parametersOf, withParameters } from '../shared/address.ts';
import type { Comparisons } from './comparison.ts';

interface ReviewAnswersProps {
  readonly review: string;
  readonly decision: string;
  readonly suffix: string;
  readonly version: number;
  readonly state: 'submitted' | 'accepted' | 'other';
  readonly comparisons: Comparisons;
  readonly onlyChanged: boolean;
  readonly blocks: readonly AnswerBlock[];
  readonly page: number;
  readonly hrefOf: (page: number) => string;
  readonly fileHref: (sha256: string) => string;
}

// The words beside the box come from the style sheet: a return has some hundred boxes.
function box({ path, label }: AnswerRow) {
  return (
    <label class="pick">
      <input type="checkbox" name="question" value={path} aria-label={`${label}に理由を付ける`} />
    </label>
  );
}

function ComparisonChoice({ review, suffix, comparisons, onlyChanged }: ReviewAnswersProps) {
  const { chosen, available } = comparisons;
  if (chosen === undefined) return <p>比べられる前回の回答はありません。</p>;
  const here = review + suffix;
  return (
    <p class="no-print">
      {chosen.label}と比べています。
      {available
        .filter((each) => each.with !== chosen.with)
        .map((each) => (
          <a href={`${withParameters(here, { against: each.with })}#answers`}>{each.label}と比べる</a>
        ))}
      {'　'}
      {onlyChanged ? (
        <a href={`${withParameters(here, { against: chosen.with, only: 'all' })}#answers`}>すべての項目を表示する</a>
      ) : (
        <a href={`${withParameters(here, { against: chosen.with, only: 'changed' })}#answers`}>
          変更のある項目だけを表示する
        </a>
      )}
    </p>
  );
}

/** How to choose; the boxes of one page are posted together. */
function Choosing({ blocks }: Pick<ReviewAnswersProps, 'blocks'>) {
  return (
    <p class="hint">
      差し戻す場合は、理由を付ける項目を選び、下の「差戻しへ進む」を押してください。
      {answersPage(blocks, 1).pages > 1 &&
        '項目は1つのページから選べます。ほかのページの項目については、差戻しの理由に記入してください。'}
    </p>
  );
}

export function ReviewAnswers(props: ReviewAnswersProps) {
  const { decision, suffix, version, state, comparisons, blocks, page, hrefOf, fileHref } = props;
  const isDecidable = state !== 'other';
  return (
    <section aria-labelledby="answers">
      <h2 id="answers">回答</h2>
      <ComparisonChoice {...props} />
      {isDecidable && <Choosing blocks={blocks} />}
      {blocks.length === 0 && <p>変更のある項目はありません。</p>}
      <form method="get" action={decision}>
        {[...parametersOf(suffix), ['version', String(version)] as const].map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <PagedAnswers
          blocks={blocks}
          fileHref={fileHref}
          comparedWith={comparisons.chosen?.label}
          headingLevel={3}
          lastColumn={isDecidable ? { heading: '差戻し', cell: box } : undefined}
          page={page}
          hrefOf={hrefOf}
        />
        {isDecidable && (
          <div class="button-row">
            <Button kind="danger">{state === 'accepted' ? '訂正のための差戻しへ進む' : '差戻しへ進む'}</Button>
          </div>
        )}
      </form>
    </section>
  );
}
