/** What the server would say of a page, said from what stands in its fields: by the same examination of the same form. */

import { contentSchema } from '../../../schemas/compile.ts';
import type { Schema } from '../../../schemas/compile.ts';
import type { Form, Item } from '../../../schemas/form.ts';
import type { Definition } from '../../../schemas/question.ts';
import { examineBy } from '../../domain/examination.ts';
import type { JsonObject } from '../../domain/answers.ts';
import { normalForm } from '../../domain/normal-form.ts';
import { isInside } from '../answering/findings.ts';
import { placeOf, withAnswersAt } from '../answering/place.ts';
import type { EditedPlace } from '../answering/place.ts';
import type { Posted } from '../posted/posted.ts';
import { readPosted } from '../posted/read.ts';
import { isTakenUnseen } from '../posted/taken.ts';
import type { Here } from './here.ts';
import { withAnswer, withPart } from './place-answers.ts';
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

type Judge = (post: Posted, stored: JsonObject) => Judged;

function withoutChecks(definition: Definition): Definition {
  if (definition.kind === 'list') return { ...definition, checks: [], entryChecks: [] };
  return definition.kind === 'group' ? { ...definition, checks: [] } : definition;
}

function withoutAnyChecks(item: Item): Item {
  return { ...item, definition: withoutChecks(item.definition), children: item.children.map(withoutAnyChecks) };
}

/** Leaves to the server what reads more than is here: other entries of a section that is a list, or other pages. */
function judgeable(section: Item, { isWhole }: Here): Item {
  if (!isWhole) return withoutAnyChecks(section);
  const { definition } = section;
  return definition.kind === 'list' ? { ...section, definition: { ...definition, checks: [] } } : section;
}

/** The answers of an entry inside a list carry its id. */
function withId({ inside }: EditedPlace, value: JsonObject): JsonObject {
  const id = inside.at(-1);
  return id === undefined ? value : { id, ...value };
}

type Narrowed = Pick<Form, 'sections' | 'items' | 'checks'>;

function judgeOf(form: Narrowed, place: EditedPlace, content: Schema, here: Here): Judge {
  const { base } = place;
  const municipalities = new Set(here.municipalities);
  const { unit, round, previous, reasons, withMissing, around } = here;
  return (post, stored) => {
    const { value, problems, notices } = readPosted(place.items, post, base, stored);
    const answers = normalForm(form.sections, withPart(around, place, withAnswersAt(around, place, withId(place, value))), () => 'new');
    const examination = examineBy(content, form, { ...around, ...answers }, reasons, { unit, round, previous, municipalities });
    const typed = new Map([...problems].filter(([path]) => !isTakenUnseen(post, path)));
    const remarks = [...remarksOf(form, reasons, examination)].filter(([path]) => isInside(path, base));
    return { value, errors: errorsOn(form, base, { examination, problems: typed, withMissing }), remarks: new Map(remarks), notices };
  };
}

export interface Judgement {
  readonly judge: Judge;
  /** The stored answers of the page's questions, given what its fields showed first. */
  readonly storedWhen: (shown: Posted) => JsonObject;
}

/** `undefined` when the form has no such place. */
export function judgement(form: Form, here: Here): Judgement | undefined {
  const { section, entry, at } = here.address;
  const found = form.sections.find(({ key }) => key === section);
  const narrowed = { sections: found === undefined ? [] : [judgeable(found, here)], items: form.items, checks: [] };
  const place = placeOf({ ...form, ...narrowed }, section, entry, at);
  if (place === undefined) return undefined;
  return {
    judge: judgeOf(narrowed, place, contentSchema(narrowed), here),
    storedWhen: (shown) => here.unlike.reduce((stored, [keys, answer]) => withAnswer(stored, keys, answer), readPosted(place.items, shown, place.base).value),
  };
}
