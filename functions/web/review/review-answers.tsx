/** The answers under review beside earlier ones, with a box at every question that sends it back. */

import type { AnswerBlock, AnswerRow } from '../shared/answer-rows.ts';
import { AnswersView } from '../shared/answers-view.tsx';
import type { AnswersViewProps } from '../shared/answers-view.tsx';
import { Button } from '../shared/button.tsx';
import { keptField } from '../fields/kept.ts';
import { parametersOf, withParameters } from '../shared/address.ts';
import type { Comparisons } from './comparison.ts';

interface ReviewAnswersProps {
  /** Addresses of the review and of the page that sends back. */
  readonly review: string;
  readonly decision: string;
  /** The filter of the list, as an address's parameters. */
  readonly suffix: string;
  readonly version: number;
  readonly state: 'submitted' | 'accepted' | 'other';
  readonly comparisons: Comparisons;
  readonly onlyChanged: boolean;
  /** From `reviewAnswersView`. */
  readonly view: Omit<AnswersViewProps, 'blocks'>;
  /** The answers of each part; none on a part that is filled with what else there is to weigh. */
  readonly parts: readonly (readonly AnswerBlock[])[];
  /** From 0. */
  readonly part: number;
  /** The last part with anything to weigh besides answers. */
  readonly lastWeighed: number;
  /** Questions chosen so far, on whichever part. */
  readonly picked: readonly string[];
  /** Under what those on other parts are kept, where they are too many for the page. */
  readonly kept: string | undefined;
}

/** Questions that were chosen and do not stand among these answers. */
export function pickedElsewhere(picked: readonly string[], blocks: readonly AnswerBlock[]): string[] {
  const here = new Set(blocks.flatMap(({ rows }) => rows.map(({ path }) => path)));
  return picked.filter((path) => !here.has(path));
}

/** How the answers are shown, with a box at each where the return can be decided. */
export function reviewAnswersView({
  state,
  comparisons,
  picked,
}: Pick<ReviewAnswersProps, 'state' | 'comparisons' | 'picked'>): ReviewAnswersProps['view'] {
  const chosen = new Set(picked);
  const box = ({ path, label }: AnswerRow) => (
    // The words beside the box come from the style sheet: a return has some hundred boxes.
    <label class="pick">
      <input
        type="checkbox"
        name="question"
        value={path}
        checked={chosen.has(path)}
        aria-label={`${label}に理由を付ける`}
      />
    </label>
  );
  const lastColumn = state === 'other' ? undefined : { heading: '差戻し', cell: box };
  return { comparedWith: comparisons.chosen?.label, headingLevel: 3, lastColumn };
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
      　
      {onlyChanged ? (
        <a href={`${withParameters(here, { against: chosen.with })}#answers`}>すべての項目を表示する</a>
      ) : (
        <a href={`${withParameters(here, { against: chosen.with, only: 'changed' })}#answers`}>
          変更のある項目だけを表示する
        </a>
      )}
    </p>
  );
}

function titleOf(blocks: readonly AnswerBlock[] | undefined): string {
  return blocks?.[0]?.title ?? '確認事項等';
}

/** Going to another part posts the form there, so that what was ticked stays ticked. */
function PartButtons({ review, parts, part, lastWeighed }: ReviewAnswersProps) {
  if (parts.length < 2) return <></>;
  const to = (target: number) => {
    const startsAbove = parts[target]?.length === 0 || (target > part && target <= lastWeighed);
    return { name: 'part', value: String(target), formaction: startsAbove ? review : `${review}#answers` };
  };
  return (
    <div class="button-row no-print" role="group" aria-label="回答の前後の部分">
      {part > 0 && (
        <Button kind="secondary" {...to(part - 1)}>
          前の部分（{titleOf(parts[part - 1])}〜）
        </Button>
      )}
      <span>
        {part + 1} / {parts.length}
      </span>
      {part + 1 < parts.length && (
        <Button kind="secondary" {...to(part + 1)}>
          次の部分（{titleOf(parts[part + 1])}〜）
        </Button>
      )}
    </div>
  );
}

/** What the form carries along besides the boxes on this part. */
function Carried({
  suffix,
  version,
  comparisons,
  onlyChanged,
  blocks,
  picked,
  kept,
}: ReviewAnswersProps & { blocks: readonly AnswerBlock[] }) {
  const fields: (readonly [string, string])[] = [
    ...parametersOf(suffix),
    ['version', String(version)],
    ...(comparisons.chosen === undefined ? [] : [['against', comparisons.chosen.with] as const]),
    ...(onlyChanged ? [['only', 'changed'] as const] : []),
    ...(kept === undefined
      ? pickedElsewhere(picked, blocks).map((path) => ['question', path] as const)
      : [[keptField, kept] as const]),
  ];
  return (
    <>
      {fields.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  );
}

export function ReviewAnswers(props: ReviewAnswersProps) {
  const { decision, state, view, parts, part } = props;
  const blocks = parts[part] ?? [];
  const isElsewhere = blocks.length === 0 && parts.some(({ length }) => length > 0);
  const isDecidable = state !== 'other' && !isElsewhere;
  return (
    <section aria-labelledby="answers">
      <h2 id="answers">回答</h2>
      {isElsewhere ? <p>回答は、次の部分からです。</p> : <ComparisonChoice {...props} />}
      {isDecidable && (
        <p class="hint">差し戻す場合は、理由を付ける項目を選び、下の「差戻しへ進む」を押してください。</p>
      )}
      {blocks.length === 0 && !isElsewhere && <p>変更のある項目はありません。</p>}
      <form method="get" action={decision}>
        <Carried {...props} blocks={blocks} />
        <AnswersView {...view} blocks={blocks} />
        <PartButtons {...props} />
        {isDecidable && (
          <div class="button-row">
            <Button kind="danger">{state === 'accepted' ? '訂正のための差戻しへ進む' : '差戻しへ進む'}</Button>
          </div>
        )}
      </form>
    </section>
  );
}
