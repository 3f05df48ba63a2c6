/**
 * What a review shows besides the answers: checks with reasons, other returns, texts to publish, what was sent back.
 * Each section shows the items that one part of a long review holds.
 */

import type { JSX } from 'hono/jsx/jsx-runtime';
import type { SentBack } from '../../../schemas/return.ts';
import type { Paths } from '../shared/paths.ts';
import { withParameters } from '../shared/address.ts';
import type { OpenText } from './open-texts.ts';
import type { AcrossPlace, CheckedPlace, OtherReturn } from './review-facts.ts';

/** The address of a question among the answers below, which may be on another page. */
export type HrefOf = (path: string) => string;

interface SectionProps<T> {
  /** Those that this part holds. */
  readonly items: readonly T[];
  /** How many all parts hold. */
  readonly total: number;
  /** The section began on an earlier part. */
  readonly isContinued: boolean;
  readonly hrefOf: HrefOf;
}

function counted(title: string, { total, isContinued }: Pick<SectionProps<unknown>, 'total' | 'isContinued'>): string {
  return `${title}（${total}件）${isContinued ? 'の続き' : ''}`;
}

interface ItemProps<T> {
  readonly item: T;
  readonly hrefOf: HrefOf;
}

export function AskedItem({ item: { path, place, message, reason }, hrefOf }: ItemProps<CheckedPlace>): JSX.Element {
  return (
    <div>
      <dt>
        <a href={hrefOf(path)}>{place}</a>
      </dt>
      <dd>
        <p class="hint">{message}</p>
        <p class="preserved">
          <strong>理由：</strong>
          {reason ?? '記入なし'}
        </p>
      </dd>
    </div>
  );
}

export function AskedChecks(props: SectionProps<CheckedPlace>): JSX.Element {
  const { items, total, hrefOf } = props;
  return (
    <section aria-labelledby="asked">
      <h2 id="asked">{counted('確認事項と理由', props)}</h2>
      {total === 0 ? (
        <p>理由を求めた確認事項はありません。</p>
      ) : (
        <dl class="summary-list">
          {items.map((item) => (
            <AskedItem item={item} hrefOf={hrefOf} />
          ))}
        </dl>
      )}
    </section>
  );
}

export function NoteItem({ item: { path, place, message }, hrefOf }: ItemProps<CheckedPlace>): JSX.Element {
  return (
    <li>
      <a href={hrefOf(path)}>{place}</a>　{message}
    </li>
  );
}

export function Notes(props: SectionProps<CheckedPlace>): JSX.Element {
  return (
    <section aria-labelledby="notes">
      <h2 id="notes">{counted('参考', props)}</h2>
      <p class="hint">理由を求めずに表示している事項です。</p>
      <ul>
        {props.items.map((item) => (
          <NoteItem item={item} hrefOf={props.hrefOf} />
        ))}
      </ul>
    </section>
  );
}

interface OtherPlace {
  readonly paths: Paths;
  readonly round: string;
}

export function AcrossItem({
  item: { message, own, others },
  hrefOf,
  paths,
  round,
}: ItemProps<AcrossPlace> & OtherPlace): JSX.Element {
  const other = ({ form, unit, path }: OtherReturn): string =>
    `${withParameters(paths.review({ round, form, unit }), { at: path })}#q.${path}`;
  return (
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
  );
}

export function Across({ paths, round, ...props }: SectionProps<AcrossPlace> & OtherPlace): JSX.Element {
  return (
    <section aria-labelledby="across">
      <h2 id="across">{counted('他の回答・名簿との不一致', props)}</h2>
      <ul>
        {props.items.map((item) => (
          <AcrossItem item={item} hrefOf={props.hrefOf} paths={paths} round={round} />
        ))}
      </ul>
    </section>
  );
}

export function TextItem({ item: { path, label, text }, hrefOf }: ItemProps<OpenText>): JSX.Element {
  return (
    <div>
      <dt>
        <a href={hrefOf(path)}>{label}</a>
      </dt>
      <dd class="preserved">{text}</dd>
    </div>
  );
}

export function OpenTexts(props: SectionProps<OpenText>): JSX.Element {
  const { items, total, hrefOf } = props;
  return (
    <section class="card" aria-labelledby="open-texts">
      <h2 class="card__title" id="open-texts">
        {counted('公表される記述', props)}
      </h2>
      {total === 0 ? (
        <p>公表される自由記述はありません。</p>
      ) : (
        <>
          <p class="hint">
            確認済にすると、次の記述は公表版にそのまま載ります。個人が特定される内容がないかお読みください。
          </p>
          <dl class="open-texts">
            {items.map((item) => (
              <TextItem item={item} hrefOf={hrefOf} />
            ))}
          </dl>
        </>
      )}
    </section>
  );
}

type SentBackQuestion = SentBack['questions'][number];

export function SentBackItem({
  item: { path, reason },
  hrefOf,
  labelOf,
}: ItemProps<SentBackQuestion> & { readonly labelOf: (path: string) => string }): JSX.Element {
  return (
    <li>
      <a href={hrefOf(path)}>{labelOf(path)}</a>　<span class="preserved">{reason}</span>
    </li>
  );
}

interface LastSentBackProps extends Pick<SectionProps<SentBackQuestion>, 'items' | 'isContinued' | 'hrefOf'> {
  readonly sentBack: SentBack;
  readonly labelOf: (path: string) => string;
}

export function LastSentBack({ sentBack, items, isContinued, hrefOf, labelOf }: LastSentBackProps): JSX.Element {
  return (
    <section class="card" aria-labelledby="sent-back">
      <h2 class="card__title" id="sent-back">
        第{sentBack.version}版を差し戻した理由{isContinued && 'の続き'}
      </h2>
      {!isContinued && <p class="preserved">{sentBack.comment}</p>}
      {items.length > 0 && (
        <ul>
          {items.map((item) => (
            <SentBackItem item={item} hrefOf={hrefOf} labelOf={labelOf} />
          ))}
        </ul>
      )}
    </section>
  );
}
