/** What a round's definition must fit: the forms there are, and the returns that somebody has started. Pure. */

import { askedUnits } from '../../schemas/asked-units.ts';
import { documentOf } from '../../schemas/document/of-form.ts';
import { differInWords } from '../../schemas/document/wording.ts';
import { kindLabels, namesOfUnits, unitsByCode } from '../../schemas/directory.ts';
import type { Directory } from '../../schemas/directory.ts';
import { formerUnit, wholeOf } from '../../schemas/directory-on-day.ts';
import type { Catalogue } from '../../schemas/form.ts';
import type { FieldError } from '../../schemas/problem.ts';
import { formOf, formsOf } from '../../schemas/round-forms.ts';
import { printPartialDate } from '../../schemas/values/partial-date.ts';
import type { Round, RoundDefinition } from '../../schemas/round.ts';

export interface StartedReturn {
  readonly form: string;
  readonly unit: string;
}

/** Forms and sections that do not exist; a form whose document is given does. */
export function definitionErrors(
  definition: RoundDefinition & Pick<Round, 'documents'>,
  forms: Catalogue,
): FieldError[] {
  const unknownForms = Object.entries(definition.forms).flatMap(([id, version]): FieldError[] => {
    if (Object.hasOwn(definition.documents ?? {}, id)) return [];
    const versions = forms.get(id);
    if (versions === undefined)
      return [
        {
          path: `forms.${id}`,
          code: 'unknown-form',
          message: `調査票 ${id} はありません。「調査票の一覧」にある識別子を指定してください。`,
        },
      ];
    if (versions.has(version)) return [];
    const message = `調査票 ${id} に ${version} 版はありません。「調査票の一覧」にある版を指定してください。`;
    return [{ path: `forms.${id}`, code: 'unknown-form-version', message }];
  });
  const sections = new Set(formsOf(forms, definition).flatMap(({ sections }) => sections.map(({ key }) => key)));
  const unknownSections = Object.keys(definition.asOf ?? {})
    .filter((section) => !sections.has(section))
    .map((section): FieldError => ({
      path: `asOf.${section}`,
      code: 'unknown-section',
      message: `基準日を指定した ${section} は、この調査の調査票にない区分です。区分の名前を直すか、指定を除いてください。`,
    }));
  return [...unknownForms, ...unknownSections];
}

/** A form whose kind of units the directory does not have; one error for each, at the form. */
export function unknownKinds(
  definition: RoundDefinition & Pick<Round, 'documents'>,
  directory: Directory,
  forms: Catalogue,
): FieldError[] {
  const known = kindLabels(directory);
  return formsOf(forms, definition).flatMap(({ id, title, units }): FieldError[] =>
    known.has(units) ? [] : [{ path: `forms.${id}`, code: 'unknown-kind', message: unknownKindText(title, units) }],
  );
}

export function unknownKindText(title: string, kind: string): string {
  return `「${title}」の回答者「${kind}」は、名簿の回答単位の種類にありません。名簿に種類を加えるか、調査票の回答者を直してください。`;
}

/** Units that are asked and that the directory, or the form's kind, does not have; forms that the round does not ask. */
export function unknownUnits(
  definition: RoundDefinition & Pick<Round, 'documents'>,
  directory: Directory,
  forms: Catalogue,
): FieldError[] {
  return Object.entries(definition.units ?? {}).flatMap(([id, codes]): FieldError[] => {
    const path = `units.${id}`;
    const form = formOf(forms, definition, id);
    if (form === undefined)
      return [
        {
          path,
          code: 'unknown-form',
          message: `照会先を指定した調査票 ${id} は、この調査にありません。調査票を加えるか、照会先の指定を除いてください。`,
        },
      ];
    const known = unitsByCode(directory, form.units);
    const unknown = codes.filter((code) => !known.has(code));
    if (unknown.length === 0) return [];
    const some = unknown.slice(0, 5).join('、');
    const message = `「${form.title}」の照会先 ${some} は、この調査の名簿にありません。名簿にある団体を指定してください。`;
    return [{ path, code: 'unknown-unit', message }];
  });
}

/** A round and the directory it pins. */
export interface PinnedRound {
  readonly definition: RoundDefinition & Pick<Round, 'documents'>;
  readonly directory: Directory;
}

/** Municipalities that started returns may name and that a directory no longer has; without returns there are none. */
function lostMunicipalities(before: Directory, after: Directory, started: readonly StartedReturn[]): string[] {
  if (started.length === 0) return [];
  const kept = unitsByCode(wholeOf(after), 'municipality');
  return before.municipalities.map(({ code }) => code).filter((code) => !kept.has(code));
}

/** The first day on which a unit, and of a council each of its members, is there. */
function beginningOf({ municipalities, councils, units = [] }: Directory, code: string): string | undefined {
  const council = councils.find(({ id }) => id === code);
  const behind = new Set(council?.members ?? [code]);
  const all = [
    ...(council === undefined ? [] : [council]),
    ...[...municipalities, ...units].filter((each) => behind.has(each.code)),
  ];
  return all
    .flatMap(({ validFrom }) => validFrom ?? [])
    .toSorted()
    .at(-1);
}

/** Why a directory does not have a unit that answered, and what is to be done about it. */
function whyMissing(directory: Directory, unit: string): string {
  const whole = wholeOf(directory);
  if (namesOfUnits(directory).has(unit))
    return 'その版では、この調査票の回答者に当たりません。今の版をそのまま使うか、名簿の区分・福祉事務所・種類を確かめてください。';
  const begins = beginningOf(whole, unit);
  if (begins === undefined || !namesOfUnits(whole).has(unit))
    return 'その版の名簿にありません。廃止や合併で終わったものは、名簿から削除せずに残し、「有効終了」を入力してください。';
  return `その版では${printPartialDate(begins)}から有効になる団体で、それより前にいつ終わり、どの団体が引き継いだかの記録がありません。今の版をそのまま使うか、終わりの記録がある版を選んでください。ほかの訂正をこの調査に反映するときは、その版が有効な日を「いつから変更しますか」に入力して名簿を訂正し、保存した版を選んでください。${printPartialDate(begins)}が誤りであれば、名簿の「有効開始」を直してください。`;
}

/** Where a new definition, and the directory it would pin, contradict returns already started. */
export function changesInUse(
  { definition: before, directory: pinned }: PinnedRound,
  { definition: after, directory }: PinnedRound,
  started: readonly StartedReturn[],
  forms: Catalogue,
): FieldError[] {
  const inUse = new Set(started.map(({ form }) => form));
  const changedForms = [...inUse].flatMap((form): FieldError[] => {
    if (before.forms[form] === after.forms[form]) return [];
    const [was, now] = [formOf(forms, before, form), formOf(forms, after, form)].map(
      (each) => each && documentOf(each),
    );
    if (was !== undefined && now !== undefined && differInWords(was, now)) return [];
    const message = `調査票 ${form} にはすでに回答があるため、削除や、表現のほかに違いのある版への変更はできません。`;
    return [{ path: `forms.${form}`, code: 'form-in-use', message }];
  });
  const missingUnits = started.flatMap(({ form, unit }): FieldError[] => {
    const asked = formOf(forms, after, form);
    if (asked === undefined || askedUnits(directory, after, asked).has(unit)) return [];
    // Who ended in the meantime: the return stays to be read, and counts no longer.
    if (formerUnit(directory, asked.units, unit) !== undefined) return [];
    const known = unitsByCode(directory, asked.units).get(unit);
    if (known === undefined) {
      const name = namesOfUnits(pinned).get(unit) ?? unit;
      const message = `「${name}」（${unit}）にはすでに「${asked.title}」の回答がありますが、${whyMissing(directory, unit)}`;
      return [{ path: 'directoryVersion', code: 'unit-in-use', message }];
    }
    const message = `${known.name}（${unit}）にはすでに「${asked.title}」の回答があるため、照会先から外せません。`;
    return [{ path: `units.${form}`, code: 'unit-in-use', message }];
  });
  const lost = lostMunicipalities(pinned, directory, started).map((code): FieldError => {
    const message = `その版の名簿に ${code} がありません。すでに提出された回答が参照している可能性があります。`;
    return { path: 'directoryVersion', code: 'municipality-in-use', message };
  });
  const hidden: FieldError[] =
    after.draft && started.length > 0
      ? [
          {
            path: 'draft',
            code: 'round-in-use',
            message: 'すでに回答があるため、公開前には戻せません。回答を止めるときは、受付を終了してください。',
          },
        ]
      : [];
  return [...hidden, ...changedForms, ...missingUnits, ...lost];
}
