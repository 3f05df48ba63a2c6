/** Entries that have pages of their own, as a list of what is there. */

import type { Item } from '../../../schemas/form.ts';
import type { JsonObject } from '../../../schemas/values/json.ts';
import { sameAnswers } from '../../../schemas/values/same-answers.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import { namedEntries } from '../../domain/answers.ts';
import { entryTitle, printAnswer } from '../../domain/print-answer.ts';
import { Grouped } from './about.tsx';
import { Presence } from './boxes.tsx';
import type { FieldProps } from './context.ts';
import { AddButton, EntryButton, EntryButtons, noneBoxes } from './entry-buttons.tsx';

/** Whether an answer is short and says something by itself. */
function isShort({ kind }: Item): boolean {
  if (kind.fields !== undefined || kind.refersTo !== undefined) return false;
  return kind.posting.as === 'one' || kind.posting.as === 'typed';
}

/** What tells an entry from its neighbours: its first short answers. */
function gist(props: FieldProps, entry: JsonObject, isLong: boolean): string {
  return props.item.children
    .filter((child) => isShort(child) && entry[child.key] !== undefined)
    .slice(0, isLong ? 1 : 3)
    .map((child) => `${numberedLabel(child.definition)}：${printAnswer(child, entry[child.key], props.context.names)}`)
    .join('　');
}

/** From here on an entry is one line: it is moved and removed on its own page. */
const longList = 20;

/** Whether an entry that was sent back still says what was submitted; taken as such where that is not known. */
function isAsSubmitted({ submitted }: FieldProps, path: string, entry: JsonObject): boolean {
  if (submitted === undefined) return true;
  const before = namedEntries(submitted).find(({ name }) => path.endsWith(`.${name}`));
  return before !== undefined && sameAnswers(before.entry, entry);
}

interface FoldedEntryProps {
  readonly props: FieldProps;
  readonly path: string;
  readonly entry: JsonObject;
  readonly index: number;
  readonly count: number;
}

function FoldedEntry({ props, path, entry, index, count }: FoldedEntryProps) {
  const { errors, sentBack } = props.context;
  const isHere = (each: string): boolean => each === path || each.startsWith(`${path}.`);
  const isWrong =
    [...errors.keys()].some(isHere) || ([...sentBack.keys()].some(isHere) && isAsSubmitted(props, path, entry));
  const isLong = count > longList;
  const title = entryTitle(props.item, entry, index);
  const reason = sentBack.get(path);
  const marks = (
    <>
      {isWrong && <span class="tag tag--returned">要修正</span>}
      {reason !== undefined && (
        <p class="sent-back">
          差戻しの理由：<span class="preserved">{reason}</span>
        </p>
      )}
    </>
  );
  if (isLong)
    return (
      <li>
        <button class="button button--text" name="action" value={`open:${path}`}>
          {title}
        </button>
        {marks}
        {gist(props, entry, isLong)}
      </li>
    );
  return (
    <li class="entry-list__item">
      <div>
        <strong>{title}</strong>
        {marks}
        <span class="task-list__hint">{gist(props, entry, isLong)}</span>
      </div>
      <EntryButtons path={path} title={title} index={index} count={count} opens />
    </li>
  );
}

/** Entries of the last round that are not here yet; not what is counted over the period, which was another one then. */
function Takeable({ item, path, stored, previous }: FieldProps) {
  const here = new Set(namedEntries(stored).map(({ name }) => name));
  const before = namedEntries(previous).filter(({ name }) => !here.has(name));
  if (item.definition.overPeriod === true || before.length === 0) return <></>;
  return (
    <details>
      <summary>前回の記入から転記する（{before.length}件）</summary>
      <ul class="entry-list">
        {before.map(({ name, entry }, index) => (
          <li class="entry-list__item">
            <span>{entryTitle(item, entry, index)}</span>
            <EntryButton
              action={`take:${path}.${name}`}
              label="転記して確認する"
              title={entryTitle(item, entry, index)}
            />
          </li>
        ))}
      </ul>
    </details>
  );
}

export function FoldedEntries(props: FieldProps) {
  const { path, stored } = props;
  const { definition, kind } = props.item;
  const entries = namedEntries(stored);
  return (
    <Grouped props={props}>
      <Presence path={path} />
      {entries.length === 0 ? (
        <p id={path}>まだ記入がありません。</p>
      ) : (
        <ol class="entry-list" id={path}>
          {entries.map(({ name, entry }, index) => (
            <FoldedEntry props={props} path={`${path}.${name}`} entry={entry} index={index} count={entries.length} />
          ))}
        </ol>
      )}
      <Takeable {...props} />
      <AddButton path={path} label={definition.label} count={entries.length} max={kind.maxEntries ?? 0} />
      {noneBoxes(props, entries.length)}
    </Grouped>
  );
}
