/** What the server would say of a page, said from what stands in its fields: by the same examination of the same form. */

import { isObject } from '../../../schemas/json.ts';
import type { JsonObject } from '../../../schemas/json.ts';
import { contentSchema } from '../../../schemas/compile.ts';
import type { Form } from '../../../schemas/form.ts';
import type { Answers } from '../../../schemas/return.ts';
import { examineBy } from '../../domain/examination.ts';
import { normalForm } from '../../domain/normal-form.ts';
import { isInside } from './findings.ts';
import { answersAt, placeOf, withAnswersAt } from './place.ts';
import type { EditedPlace } from './place.ts';
import type { Posted } from '../fields/posted.ts';
import { readPosted } from '../fields/read.ts';
import { isTakenUnseen } from '../fields/taken.ts';
import type { Facts, JudgedPage } from './facts.ts';
import { errorsOn, remarksOf } from './said.ts';

/** At the questions of a page, by path. */
export interface Said {
  readonly errors: ReadonlyMap<string, readonly string[]>;
  /** Questions for reasons, and notes. */
  readonly remarks: ReadonlyMap<string, readonly string[]>;
  /** How a text was understood. */
  readonly notices: ReadonlyMap<string, string>;
}

export interface Judged extends Said {
  /** The answers of the page's questions, as they are once what is posted is saved. */
  readonly value: JsonObject;
}

export interface Judgement {
  readonly judge: (post: Posted, stored: JsonObject) => Judged;
  /** The stored answers of the page's questions. */
  readonly stored: JsonObject;
}

/** The answers of the whole return once the page's are these. An entry carries its id. */
function savedWith(answers: Answers, place: EditedPlace, value: JsonObject): Answers {
  const { section, part, inside } = place;
  const id = inside.at(-1);
  const changed = withAnswersAt(answers, place, id === undefined ? value : { id, ...value });
  if (part.kind !== 'entry' || !isObject(changed)) return { ...answers, [section.key]: changed };
  const list = answers[section.key];
  const entries = Array.isArray(list) ? list : [];
  const entry = { ...changed, id: part.entry };
  const index = entries.findIndex((each) => isObject(each) && each['id'] === part.entry);
  return { ...answers, [section.key]: index < 0 ? [...entries, entry] : entries.with(index, entry) };
}

/** `undefined` when the form has no such place. */
export function judgement(
  form: Form,
  { address, withMissing }: Pick<JudgedPage, 'address' | 'withMissing'>,
  facts: Facts,
): Judgement | undefined {
  const place = placeOf(form, address.section, address.entry, address.at);
  if (place === undefined) return undefined;
  const { items, base } = place;
  const content = contentSchema(form);
  const { unit, round, previous, reasons } = facts;
  const about = { unit, round, previous, municipalities: new Set(facts.municipalities) };
  return {
    judge: (post, stored) => {
      const { value, problems, notices } = readPosted(items, post, base, stored);
      const answers = normalForm(form.sections, savedWith(facts.answers, place, value), () => 'new');
      const examination = examineBy(content, form, answers, reasons, about);
      const typed = new Map([...problems].filter(([path]) => !isTakenUnseen(post, path)));
      const remarks = [...remarksOf(form, reasons, examination)].filter(([path]) => isInside(path, base));
      return {
        value,
        errors: errorsOn(form, base, { examination, problems: typed, withMissing }),
        remarks: new Map(remarks),
        notices,
      };
    },
    stored: answersAt(facts.answers, place) ?? {},
  };
}
