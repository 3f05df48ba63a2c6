/** Why nothing is asked on the page of a section. */

import type { Item } from '../../../schemas/form.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import { isAsked } from '../../domain/asked.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import { conditionText } from '../../domain/question-facts.ts';
import { Notice } from '../shared/notice.tsx';
import { progressOf } from './findings.ts';
import { sectionsSeen } from './opened.ts';
import type { Opened } from './opened.ts';
import { pageHref } from './where.ts';

/** Whether something of it is asked as the answers stand; nothing also where it may still come to be asked. */
export function asksNow(item: Item, answers: Answers): boolean {
  const { kind, children } = item;
  return isAsked(item, [answers]) && (kind.nesting !== 'fields' || children.some((child) => asksNow(child, answers)));
}

/** As many conditions are told. */
const mostTold = 3;

/** The section, or those of its questions that depend on nothing inside it: the others follow from them. */
function deciding(section: Item): readonly Item[] {
  if (conditionText(section) !== '') return [section];
  return section.children.filter(
    (item) => conditionText(item) !== '' && item.conditions.every(({ on }) => !on.id.startsWith(`${section.key}.`)),
  );
}

/** 「設置」が「設置済」の場合に回答する項目です。 Empty where no condition is. */
export function whyNotAsked(section: Item): string {
  const told = [...new Set(deciding(section).map((item) => conditionText(item)))];
  if (told.length === 0) return '';
  return `${told.slice(0, mostTold).join('、又は')}${told.length > mostTold ? '等' : ''}に回答する項目です。`;
}

/** The questions that it depends on. */
function questionsBefore(section: Item): readonly Item[] {
  const before = deciding(section).flatMap(({ conditions }) => conditions.map(({ on }) => on));
  return [...new Set(before)].slice(0, mostTold);
}

function isUnasked({ form, draft }: Opened, section: Item): boolean {
  const [progress] = progressOf(
    { sections: form.sections.filter((each) => each === section) },
    draft.answers,
    { errors: [] },
    draft.standing,
    undefined,
  );
  return progress?.state === 'notAsked';
}

export function NotAsked({ opened, section }: { readonly opened: Opened; readonly section: Item }) {
  if (asksNow(section, opened.draft.answers)) return <></>;
  const seen = sectionsSeen(opened);
  const before = questionsBefore(section).filter(({ id }) => seen.some(({ key }) => key === id.split('.')[0]));
  const title = isUnasked(opened, section)
    ? '他の回答により、このページの項目は回答不要です。'
    : 'このページの項目に回答が必要かどうかは、他の項目の回答により決まります。先に次の項目を回答してください。';
  return (
    <Notice kind="info" title={`${title}${whyNotAsked(section)}`}>
      {before.length > 0 && (
        <ul>
          {before.map(({ id, key, definition }) => (
            <li>
              <a href={`${pageHref(opened.visit.paths, opened.key, { section: id.split('.')[0] ?? key })}#${id}`}>
                「{numberedLabel(definition)}」の回答へ
              </a>
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
