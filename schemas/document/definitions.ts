/** A question of a document → the definition that its kind is made from, and what of it this release does not know. */

import type { DocumentQuestion, DocumentSection } from './form-document.ts';
import type { Common, Fields, Options } from '../kinds/question.ts';
import type { JsonObject } from '../values/json.ts';
import type { Definition } from '../kinds/kinds.ts';

type DocumentOption = { readonly key: string; readonly label: string };

export function optionsFrom(options: readonly DocumentOption[]): Options {
  return Object.fromEntries(options.map(({ key, label }) => [key, label]));
}

type Written = DocumentQuestion | DocumentSection;

function visibilityOf(question: Written): Common['visibility'] {
  const { kind, visibility } = question;
  return visibility ?? (kind === 'text' || kind === 'texts' || kind === 'file' ? 'internal' : 'open');
}

/** Without what is not said. */
function given<T extends object>(members: T): T {
  const copy = { ...members };
  for (const [member, value] of Object.entries(copy)) if (value === undefined) Reflect.deleteProperty(copy, member);
  return copy;
}

function commonOf(question: Written): Common {
  const { number, label, help, overPeriod, was, when } = question;
  return given<Common>({
    number,
    label,
    required: 'required' in question && question.required === true,
    nullable: 'nullable' in question && question.nullable === true,
    visibility: visibilityOf(question),
    help,
    example: 'example' in question ? question.example : undefined,
    when,
    overPeriod,
    was,
    reasonIfBlank: 'reasonIfBlank' in question ? question.reasonIfBlank : undefined,
    listed: 'listed' in question ? question.listed : undefined,
  });
}

/** @param fields the questions inside of it */
export function definitionFrom(question: Written, fields: Fields): Definition {
  const common = commonOf(question);
  switch (question.kind) {
    case 'choice':
      return { ...common, kind: 'choice', options: optionsFrom(question.options) };
    case 'choices': {
      const { atMost } = question;
      return given<Definition>({ ...common, kind: 'choices', options: optionsFrom(question.options), atMost });
    }
    case 'municipalities':
    case 'date':
    case 'frequency':
    case 'fiscalYears':
    case 'reference':
      return { ...common, kind: question.kind };
    case 'count': {
      const { unit, min, max } = question;
      return given<Definition>({ ...common, kind: 'count', unit, min, max });
    }
    case 'decimal': {
      const { unit, places, min, max } = question;
      return given<Definition>({ ...common, kind: 'decimal', unit, places, min, max });
    }
    case 'range':
      return { ...common, kind: 'range', unit: question.unit };
    case 'text': {
      const { format, maxLength } = question;
      return given<Definition>({ ...common, kind: 'text', maxLength, format });
    }
    case 'texts':
      return { ...common, kind: 'texts', maxEntries: question.maxEntries, maxLength: question.maxLength };
    case 'matrix': {
      const { rows, options, totalLabel, emptyLabel } = question;
      const labels = { totalLabel, emptyLabel };
      return given<Definition>({
        ...common,
        kind: 'matrix',
        rows: optionsFrom(rows),
        options: optionsFrom(options),
        ...labels,
      });
    }
    case 'counts':
      return {
        ...common,
        kind: 'counts',
        rows: optionsFrom(question.rows),
        ...(question.columns === undefined ? {} : { columns: optionsFrom(question.columns) }),
        unit: question.unit,
      };
    case 'list': {
      const { maxEntries, layout, withheld } = question;
      return given<Definition>({
        ...common,
        kind: 'list',
        maxEntries,
        layout,
        withheld,
        fields,
      });
    }
    case 'group':
    case undefined:
      return { ...common, kind: 'group', fields };
    case 'ranking':
      return { ...common, kind: 'ranking', options: optionsFrom(question.options), places: question.places };
    case 'file':
      return { ...common, kind: 'file', maxFiles: question.maxFiles };
    case 'computed': {
      const { formula, unit, places } = question;
      return { ...common, kind: 'computed', formula, unit, places };
    }
  }
}

export function optionsOf(options: Options): DocumentOption[] {
  return Object.entries(options).map(([key, label]) => ({ key, label }));
}

/** What a definition says in the words of a document, but for the questions inside it, and conditions. */
export function documentMembers(definition: Definition): JsonObject {
  const { kind } = definition;
  const { number, label, required, nullable, visibility, help, example } = definition;
  const { overPeriod, was, reasonIfBlank, listed } = definition;
  const more = { overPeriod, was, reasonIfBlank, listed };
  const said = { number, kind, label, required, nullable, visibility, help, example, ...more };
  switch (kind) {
    case 'choice':
      return { ...said, options: optionsOf(definition.options) };
    case 'choices':
      return { ...said, options: optionsOf(definition.options), atMost: definition.atMost };
    case 'ranking':
      return { ...said, options: optionsOf(definition.options), places: definition.places };
    case 'file':
      return { ...said, maxFiles: definition.maxFiles };
    case 'municipalities':
    case 'date':
    case 'frequency':
    case 'fiscalYears':
    case 'reference':
    case 'group':
      return said;
    case 'count': {
      const { unit, min, max } = definition;
      return { ...said, unit, min, max };
    }
    case 'computed': {
      const { formula, unit, places } = definition;
      return { ...said, formula, unit, places };
    }
    case 'decimal': {
      const { unit, places, min, max } = definition;
      return { ...said, unit, places, min, max };
    }
    case 'range':
      return { ...said, unit: definition.unit };
    case 'text': {
      const { format, maxLength } = definition;
      return { ...said, maxLength, format };
    }
    case 'texts':
      return { ...said, maxEntries: definition.maxEntries, maxLength: definition.maxLength };
    case 'matrix': {
      const { rows, options, totalLabel, emptyLabel } = definition;
      return { ...said, rows: optionsOf(rows), options: optionsOf(options), totalLabel, emptyLabel };
    }
    case 'counts': {
      const { rows, columns, unit } = definition;
      return { ...said, rows: optionsOf(rows), columns: columns && optionsOf(columns), unit };
    }
    case 'list': {
      const { maxEntries, layout } = definition;
      return { ...said, maxEntries, layout };
    }
  }
}
