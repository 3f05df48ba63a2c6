/** The answers under review beside earlier ones, with a box at every question that sends it back. */

import type { AnswerBlock } from '../answer-rows.ts';
import { AnswersView } from '../answers-view.tsx';
import { Button } from '../components/button.tsx';
import { parametersOf, withParameters } from './address.ts';
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
  readonly parts: readonly (readonly AnswerBlock[])[];
  /** From 0. */
  readonly part: number;
  /** Questions chosen so far, on whichever part. */
  readonly picked: readonly string[];
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
        <a href={`${withParameters(here, { against: chosen.with, only: 'changed' })}#answers`}>変更のある項目だけを表示する</a>
      )}
    </p>
  );
}

/** Going to another part posts the form there, so that what was ticked stays ticked. */
function PartButtons({ review, parts, part }: ReviewAnswersProps) {
  if (parts.length < 2) return <></>;
  return (
    <div class="button-row no-print" role="group" aria-label="回答の前後の部分">
      {part > 0 && (
        <Button kind="secondary" name="part" value={String(part - 1)} formaction={`${review}#answers`}>
          前の部分（{parts[part - 1]?.[0]?.title}〜）
        </Button>
      )}
      <span>
        {part + 1} / {parts.length}
      </span>
      {part + 1 < parts.length && (
        <Button kind="secondary" name="part" value={String(part + 1)} formaction={`${review}#answers`}>
          次の部分（{parts[part + 1]?.[0]?.title}〜）
        </Button>
      )}
    </div>
  );
}

/** What the form carries along besides the boxes on this part. */
function Carried({ suffix, version, comparisons, onlyChanged, blocks, picked }: ReviewAnswersProps & { blocks: readonly AnswerBlock[] }) {
  const here = new Set(blocks.flatMap(({ rows }) => rows.map(({ path }) => path)));
  const fields: (readonly [string, string])[] = [
    ...parametersOf(suffix),
    ['version', String(version)],
    ...(comparisons.chosen === undefined ? [] : [['against', comparisons.chosen.with] as const]),
    ...(onlyChanged ? [['only', 'changed'] as const] : []),
    ...picked.filter((path) => !here.has(path)).map((path) => ['question', path] as const),
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
  const { decision, state, comparisons, parts, part, picked } = props;
  const isDecidable = state !== 'other';
  const blocks = parts[part] ?? [];
  const chosen = new Set(picked);
  return (
    <section aria-labelledby="answers">
      <h2 id="answers">回答</h2>
      <ComparisonChoice {...props} />
      {isDecidable && <p class="hint">差し戻す場合は、理由を付ける項目を選び、下の「差戻しへ進む」を押してください。</p>}
      {blocks.length === 0 && <p>変更のある項目はありません。</p>}
      <form method="get" action={decision}>
        <Carried {...props} blocks={blocks} />
        <AnswersView
          blocks={blocks}
          comparedWith={comparisons.chosen?.label}
          headingLevel={3}
          lastColumn={
            isDecidable
              ? {
                  heading: '差戻し',
                  // The words beside the box come from the style sheet: a return has some hundred boxes.
                  cell: ({ path, label }) => (
                    <label class="pick">
                      <input type="checkbox" name="question" value={path} checked={chosen.has(path)} aria-label={`${label}に理由を付ける`} />
                    </label>
                  ),
                }
              : undefined
          }
        />
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
