/** What a review shows besides the answers: checks with reasons, other returns, texts to publish, what was sent back. */

import type { Reasons, SentBack } from '../../../schemas/return.ts';
import { replyTo } from '../../domain/send-back-replies.ts';
import type { Paths } from '../shared/paths.ts';
import { withParameters } from '../shared/address.ts';
import type { OpenText } from './open-texts.ts';
import type { AcrossNote, CheckedQuestion, OtherReturn } from './review-facts.ts';
import { SummaryList } from '../shared/summary-list.tsx';
import type { Term } from '../shared/summary-list.tsx';

/** The address of a question among the answers below, which may be on another page. */
export type HrefOf = (path: string) => string;

interface SectionProps<T> {
  readonly items: readonly T[];
  readonly hrefOf: HrefOf;
}

export function AskedChecks({ items, hrefOf }: SectionProps<CheckedQuestion>) {
  return (
    <section aria-labelledby="asked">
      <h2 id="asked">確認事項と理由（{items.length}件）</h2>
      {items.length === 0 ? (
        <p>理由を求めた確認事項はありません。</p>
      ) : (
        <SummaryList
          terms={items.map(({ path, place, message, reason }): Term => [
            <a href={hrefOf(path)}>{place}</a>,
            <>
              <p class="hint">{message}</p>
              <p class="preserved">
                <strong>理由：</strong>
                {reason ?? '記入なし'}
              </p>
            </>,
          ])}
        />
      )}
    </section>
  );
}

export function Notes({ items, hrefOf }: SectionProps<CheckedQuestion>) {
  if (items.length === 0) return <></>;
  return (
    <section aria-labelledby="notes">
      <h2 id="notes">参考（{items.length}件）</h2>
      <p class="hint">理由を求めずに表示している事項です。</p>
      <ul>
        {items.map(({ path, place, message }) => (
          <li>
            <a href={hrefOf(path)}>{place}</a>　{message}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface AcrossProps extends SectionProps<AcrossNote> {
  readonly paths: Paths;
  readonly round: string;
}

export function Across({ items, hrefOf, paths, round }: AcrossProps) {
  if (items.length === 0) return <></>;
  const other = ({ form, unit, path }: OtherReturn): string =>
    `${withParameters(paths.review({ round, form, unit }), { at: path })}#q.${path}`;
  return (
    <section aria-labelledby="across">
      <h2 id="across">他の回答・名簿との不一致（{items.length}件）</h2>
      <ul>
        {items.map(({ message, own, others }) => (
          <li>
            {message}
            <br />
            この回答：
            {own.map(({ path, place }, index) => (
              <>
                {index > 0 && '、'}
                <a href={hrefOf(path)}>{place}</a>
              </>
            ))}
            {others.map((each) => (
              <>
                <br />
                相手の回答：<a href={other(each)}>{each.name}</a>
              </>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function OpenTexts({ items, hrefOf }: SectionProps<OpenText>) {
  return (
    <section class="card" aria-labelledby="open-texts">
      <h2 class="card__title" id="open-texts">
        公表される記述（{items.length}件）
      </h2>
      {items.length === 0 ? (
        <p>公表される自由記述はありません。</p>
      ) : (
        <>
          <p class="hint">
            確認済にすると、次の記述は公表版にそのまま載ります。個人が特定される内容がないかお読みください。
          </p>
          <SummaryList
            class="open-texts"
            terms={items.map(({ path, label, text }): Term => [<a href={hrefOf(path)}>{label}</a>, text])}
          />
        </>
      )}
    </section>
  );
}

interface LastSentBackProps {
  readonly sentBack: SentBack;
  /** Whether the prefecture corrected the version itself (職権訂正), for its own reason. */
  readonly isCorrected: boolean;
  /** Of the version that is reviewed, with what was replied. */
  readonly reasons: Reasons;
  readonly hrefOf: HrefOf;
  readonly labelOf: (path: string) => string;
}

function Reply({ path, reasons }: Pick<LastSentBackProps, 'reasons'> & { readonly path: string }) {
  const reply = replyTo(path, reasons);
  if (reply === undefined) return <></>;
  return (
    <p class="preserved">
      <strong>市町村の回答：</strong>
      {reply}
    </p>
  );
}

export function LastSentBack({ sentBack, isCorrected, reasons, hrefOf, labelOf }: LastSentBackProps) {
  return (
    <section class="card" aria-labelledby="sent-back">
      <h2 class="card__title" id="sent-back">
        第{sentBack.version}版を{isCorrected ? '職権訂正した' : '差し戻した'}理由
      </h2>
      <p class="preserved">{sentBack.comment}</p>
      <Reply path="" reasons={reasons} />
      {sentBack.questions.length > 0 && (
        <ul>
          {sentBack.questions.map(({ path, reason }) => (
            <li>
              <a href={hrefOf(path)}>{labelOf(path)}</a>　<span class="preserved">{reason}</span>
              <Reply path={path} reasons={reasons} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
