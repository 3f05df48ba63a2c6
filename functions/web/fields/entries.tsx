/** Lists: of texts, of entries on this page, and of entries that have pages of their own. */

import type { JsonObject } from '../../../schemas/json.ts';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { DefinitionOf } from '../../../schemas/kinds/kinds.ts';
import { sameAnswers } from '../../../schemas/same-answers.ts';
import { namedEntries } from '../../domain/answers.ts';
import { noneMark, isMarked, valuesOf } from './posted.ts';
import { entryTitle, printAnswer } from '../../domain/print-answer.ts';
import { Grouped } from './about.tsx';
import { NoneBoxes } from './choice.tsx';
import type { FieldProps, FieldsProps } from './context.ts';
import { TextInput } from './typed.tsx';

interface EntryButtonsProps {
  readonly path: string;
  /** What the buttons are about, for those who hear them one by one. */
  readonly title: string;
  readonly index: number;
  readonly count: number;
  readonly opens?: boolean;
}

function EntryButton({
  action,
  label,
  title,
}: {
  readonly action: string;
  readonly label: string;
  readonly title: string;
}): JSX.Element {
  return (
    <button class="button--text" name="action" value={action}>
      {label}
      <span class="visually-hidden">（{title}）</span>
    </button>
  );
}

function EntryButtons({ path, title, index, count, opens = false }: EntryButtonsProps): JSX.Element {
  return (
    <div class="entry-buttons">
      {opens && <EntryButton action={`open:${path}`} label="編集" title={title} />}
      {index > 0 && <EntryButton action={`up:${path}`} label="上へ" title={title} />}
      {index < count - 1 && <EntryButton action={`down:${path}`} label="下へ" title={title} />}
      <EntryButton action={`remove:${path}`} label="削除" title={title} />
    </div>
  );
}

interface AddButtonProps {
  readonly path: string;
  readonly label: string;
  readonly count: number;
  readonly max: number;
  readonly id?: string;
}

function AddButton({ path, label, count, max, id }: AddButtonProps): JSX.Element {
  if (count >= max) return <p class="hint">{max}件まで記入できます。</p>;
  return (
    <button class="button button--secondary" name="action" value={`add:${path}`} id={id}>
      {label}を追加する
    </button>
  );
}

/** Whether to offer 該当するものはない: where there is nothing, and nothing is an answer. */
function offersNone({ item, context, path }: FieldProps, count: number): boolean {
  return isMarked(context.post, noneMark(path)) || (count === 0 && !item.definition.required);
}

export function TextsField(props: FieldProps & { readonly definition: DefinitionOf<'texts'> }): JSX.Element {
  const { context, path, definition } = props;
  const texts = valuesOf(context.post, path);
  const rows = texts.length < definition.maxEntries ? [...texts, ''] : texts;
  return (
    <Grouped props={props}>
      {rows.map((value, index) => (
        <div class="text-row">
          <TextInput
            path={path}
            id={index === 0 ? path : `${path}.${index}`}
            value={value}
            maxLength={definition.maxLength}
            context={context}
            label={`${definition.label} ${index + 1}件目`}
          />
          {value !== '' && (
            <EntryButtons path={`${path}.${index}`} title={`${index + 1}件目`} index={index} count={texts.length} />
          )}
        </div>
      ))}
      {rows.length > texts.length && (
        <AddButton path={path} label="記入欄" count={texts.length} max={definition.maxEntries} />
      )}
      {offersNone(props, texts.length) && <NoneBoxes {...props} />}
    </Grouped>
  );
}

interface InlineEntriesProps extends FieldProps {
  readonly definition: DefinitionOf<'list'>;
  /** Renders the questions of an entry. */
  readonly Fields: (props: FieldsProps) => JSX.Element;
}

export function InlineEntries({ Fields, ...props }: InlineEntriesProps): JSX.Element {
  const { context, path, item, definition } = props;
  const names = valuesOf(context.post, path);
  const entriesOf = (value: FieldProps['stored']) =>
    new Map(namedEntries(value).map(({ name, entry }) => [name, entry]));
  const [stored, previous, submitted] = [
    entriesOf(props.stored),
    entriesOf(props.previous),
    entriesOf(props.submitted),
  ];
  return (
    <Grouped props={props}>
      <input type="hidden" name={path} value="" />
      {names.map((name, index) => (
        <fieldset class="entry" id={`${path}.${name}`} tabindex={-1}>
          <legend>{index + 1}件目</legend>
          <input type="hidden" name={path} value={name} />
          <Fields
            context={context}
            items={item.children}
            base={`${path}.${name}`}
            scope={`${path}.${name}`}
            stored={stored.get(name)}
            previous={previous.get(name)}
            submitted={submitted.get(name)}
            isCompact={index > 0 || definition.maxEntries > 20}
          />
          <EntryButtons
            path={`${path}.${name}`}
            title={`${definition.label} ${index + 1}件目`}
            index={index}
            count={names.length}
          />
        </fieldset>
      ))}
      <AddButton path={path} id={path} label={definition.label} count={names.length} max={definition.maxEntries} />
      {offersNone(props, names.length) && <NoneBoxes {...props} />}
    </Grouped>
  );
}

/** What tells an entry from its neighbours: its first short answers. */
function gist(props: FieldProps, entry: JsonObject, isLong: boolean): string {
  return props.item.children
    .filter(
      ({ definition, key }) =>
        ['choice', 'date', 'count', 'frequency'].includes(definition.kind) && entry[key] !== undefined,
    )
    .slice(0, isLong ? 1 : 3)
    .map((child) => `${child.definition.label}：${printAnswer(child, entry[child.key], props.context.names)}`)
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

function FoldedEntry({ props, path, entry, index, count }: FoldedEntryProps): JSX.Element {
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
function Takeable({ item, path, stored, previous }: FieldProps): JSX.Element {
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

export function FoldedEntries(props: FieldProps): JSX.Element {
  const { path, stored } = props;
  const { definition, kind } = props.item;
  const entries = namedEntries(stored);
  return (
    <Grouped props={props}>
      <input type="hidden" name={path} value="" />
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
      {offersNone(props, entries.length) && <NoneBoxes {...props} />}
    </Grouped>
  );
}
