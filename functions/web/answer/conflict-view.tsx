/** Another page saved meanwhile: both answers to each question that differs, and the officer's choice. */

import type { Item } from '../../../schemas/form.ts';
import { CsrfField } from '../shared/csrf-field.tsx';
import { DateTime } from '../shared/time.tsx';
import type { Posted } from '../../domain/posted/posted.ts';
import { printAnswer, withEntries } from '../../domain/print-answer.ts';
import { placeLabel } from '../../domain/place-label.ts';
import { choiceMark, openedMarks, settledMark } from './conflict.ts';
import type { ConflictingAnswer, Settlement } from './conflict.ts';
import { Trail } from './frame.tsx';
import type { Opened } from './opened.ts';
import { answersAt } from './place.ts';
import type { EditedPlace } from './place.ts';
import { elsewhere, savedElsewhere } from './saved-elsewhere.ts';
import { isOwnSave } from '../../domain/revisions.ts';
import { placeTitle } from './section-view.tsx';

export interface ConflictViewProps {
  readonly opened: Opened;
  readonly place: EditedPlace;
  readonly href: string;
  /** What was posted, to be posted again. */
  readonly post: Posted;
  readonly differing: readonly ConflictingAnswer[];
  /** What differs as well and needs no choice. */
  readonly settled: readonly Settlement[];
  readonly isUnsettled: boolean;
}

/** Given anew on this page. */
const ownNames = new Set(['csrf', 'etag', 'opened', 'action', 'conflict', 'choice']);

function isCarried(name: string): boolean {
  return !ownNames.has(name) && !name.endsWith(choiceMark('')) && !name.endsWith(settledMark(''));
}

interface BothProps {
  readonly each: ConflictingAnswer;
  readonly opened: Opened;
  readonly section: Item;
  /** What the officer's own answer is called. */
  readonly mineLabel: string;
}

/** Both answers to a question, to choose between. */
export function Both({ each, opened, section, mineLabel }: BothProps) {
  const { item, path, mine, theirs } = each;
  const { draft } = opened;
  const names = withEntries(opened.names, section, draft.answers[section.key]);
  const sides = [
    { value: 'mine', label: mineLabel, text: printAnswer(item, mine, names) },
    {
      value: 'theirs',
      label: `保存されている内容（${elsewhere(opened)}）`,
      text: printAnswer(item, theirs, names),
    },
  ] as const;
  return (
    <fieldset class="form-group">
      <legend>{placeLabel(opened, draft.answers, path)}</legend>
      {sides.map(({ value, label, text }, index) => (
        <label class="choice">
          <input type="radio" id={index === 0 ? path : undefined} name={choiceMark(path)} value={value} required />
          <span>
            <strong>{label}</strong>
            <span class="choice__hint preserved">{text}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** Named, so that nothing changes unseen. */
function DecidedForOthers({ opened, settled }: Pick<ConflictViewProps, 'opened' | 'settled'>) {
  const theirs = settled.filter(({ side }) => side === 'theirs');
  if (theirs.length === 0) return <></>;
  return (
    <>
      <p>次の項目は、保存されている内容（{elsewhere(opened)}）になります。</p>
      <ul>
        {theirs.map(({ path }) => (
          <li>{placeLabel(opened, opened.draft.answers, path)}</li>
        ))}
      </ul>
    </>
  );
}

export function ConflictView({ opened, place, href, post, differing, settled, isUnsettled }: ConflictViewProps) {
  const { visit, draft } = opened;
  const carried = [...post].filter(([name]) => isCarried(name));
  const stored = answersAt(draft.answers, place) ?? {};
  return (
    <>
      <Trail opened={opened} below={[{ label: placeTitle(opened, place), href }, { label: '内容の確認' }]} />
      <h1>{savedElsewhere(opened)}</h1>
      {isUnsettled && (
        <p class="error-message">
          <span class="error-message__label">エラー：</span>全ての項目で、どちらの内容にするかを選んでください。
        </p>
      )}
      <p>
        このページを開いた後に、
        {draft.savedBy !== undefined && draft.savedAt !== undefined && (
          <>
            {isOwnSave(visit.person, draft) ? '別の画面で' : `${draft.savedBy}が`}
            <DateTime at={new Date(draft.savedAt)} />に
          </>
        )}
        保存しました。入力した内容は失われていません。違いのある項目ごとに、どちらの内容にするかを選んで保存してください。
      </p>
      <DecidedForOthers opened={opened} settled={settled} />
      <form method="post" action={href} data-warn data-unsaved>
        <CsrfField visit={visit} />
        <input type="hidden" name="etag" value={draft.etag(place.part)} />
        <input type="hidden" name="opened" value={openedMarks(place.items, stored, place.base)} />
        <input type="hidden" name="conflict" value="1" />
        {settled.map(({ path, side }) => (
          <input type="hidden" name={settledMark(path)} value={side} />
        ))}
        {carried.flatMap(([name, values]) => values.map((value) => <input type="hidden" name={name} value={value} />))}
        {differing.map((each) => (
          <Both each={each} opened={opened} section={place.section} mineLabel="自分の入力" />
        ))}
        <div class="button-row">
          <button class="button button--primary" name="action" value="save">
            選んだ内容で保存する
          </button>
          <button class="button button--secondary" name="choice" value="mine" formnovalidate>
            全て自分の入力で保存する
          </button>
          <button class="button button--secondary" name="choice" value="theirs" formnovalidate>
            全て保存されている内容のままにする
          </button>
        </div>
      </form>
    </>
  );
}
