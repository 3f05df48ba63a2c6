/** The rows of the sheet `survey` → questions, but for their expressions; what cannot be asked is said to be left out. */

import type { JsonObject } from '../../../schemas/values/json.ts';
import type { Findings } from '../questionnaire/findings.ts';
import type { Sources } from '../questionnaire/sources.ts';
import type { ChoiceLists } from './choices.ts';
import { computedAs, definitionOf, sayUnread } from './definitions.ts';
import type { Defined } from './definitions.ts';
import type { Keys } from './keys.ts';
import { oneLine } from './labels.ts';
import type { Label, RowTexts } from './labels.ts';
import type { Node, SurveyRow } from './rows.ts';

/** A section, a group, a list or a question. */
export interface Asked extends Defined {
  readonly row: SurveyRow;
  /** A section that no row begins; its row is the first one inside of it. */
  readonly isMade?: true;
  readonly name: string;
  readonly id: string;
  readonly label: string;
  /** Of what is computed, if it can be asked as well. */
  readonly ifAsked?: Defined;
  readonly children: readonly Asked[];
}

export interface Reading {
  readonly lists: ChoiceLists;
  readonly keys: Keys;
  readonly texts: RowTexts;
  readonly findings: Findings;
  /** Questions that are left out. */
  readonly lost: Findings;
  readonly renamed: Findings;
}

const mostEntries = 1000;
const usualEntries = 100;
const yes: ReadonlySet<string> = new Set(['yes', 'true', 'true()', '1']);
const no: ReadonlySet<string> = new Set(['', 'no', 'false', 'false()', '0']);

interface Around {
  readonly prefix: string;
  readonly isSection: boolean;
}

interface Inside {
  readonly asked: readonly Asked[];
  /** Behind the last question. */
  readonly notes: readonly string[];
}

class Reader {
  readonly #reading: Reading;

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  #leaveOut({ row, children }: Node, why: string): void {
    const title = oneLine(row.text('label')) || row.text('name') || row.text('type');
    const inside = children.length === 0 ? '' : `中にある${children.length}行も取り込みません。`;
    this.#reading.lost.notice(
      row.at('type'),
      'question-left-out',
      `設問「${title}」（${row.text('type') || '種類なし'}）は取り込みません。${why}${inside}`,
    );
  }

  #required(row: SurveyRow): true | undefined {
    const written = row.text('required');
    if (yes.has(written.toLowerCase())) return true;
    if (!no.has(written.toLowerCase()))
      this.#reading.findings.notice(
        row.at('required'),
        'not-mapped',
        `「required」の式「${written}」は読み取りません。任意の設問とします。`,
      );
    return undefined;
  }

  #key(row: SurveyRow, hasOther = false): string {
    const name = row.text('name');
    const key = this.#reading.keys.make(name, hasOther);
    if (key !== name) {
      const said = name === '' ? '「name」がないため、' : `「${name}」の`;
      this.#reading.renamed.notice(row.at('name'), 'key-made', `${said}識別子を「${key}」としました。`);
    }
    return key;
  }

  #help(row: SurveyRow, { more }: Label, notes: readonly string[], after: readonly string[] = []): string | undefined {
    const { texts } = this.#reading;
    return texts.help(row, [...notes, ...more, texts.of(row, 'hint'), texts.of(row, 'guidance_hint'), ...after]);
  }

  /** @returns of one that cannot be asked, the notes before it */
  #question(node: Node, { prefix }: Around, notes: readonly string[]): Asked | readonly string[] {
    const { row, type } = node;
    const read = this.#reading.texts.label(row);
    const { label } = read;
    const defined = definitionOf(row, type, label, this.#reading);
    if (typeof defined === 'string') {
      this.#leaveOut(node, defined);
      return notes;
    }
    const { kind, members, options } = defined;
    const key = this.#key(
      row,
      options?.some((option) => option.key === 'other'),
    );
    const about = { key, label, help: this.#help(row, read, notes) };
    const common = { row, name: row.text('name'), id: `${prefix}${key}`, label, children: [] };
    const computed = computedAs(label);
    const ifComputed = {
      ...common,
      kind: computed.kind,
      members: { ...about, ...computed.members, kind: computed.kind },
    };
    if (kind === computed.kind) return ifComputed;
    const ifAsked = { ...defined, members: { ...about, ...members, kind, required: this.#required(row) } };
    const isWorkedOut = row.text('calculation') !== '';
    if (isWorkedOut && (kind === 'count' || kind === 'decimal')) return { ...ifComputed, ifAsked };
    if (isWorkedOut)
      this.#reading.findings.notice(
        row.at('calculation'),
        'not-mapped',
        '数ではない設問の計算（calculation）は読み取りません。計算せずに尋ねます。',
      );
    return { ...common, ...ifAsked };
  }

  #entries(row: SurveyRow): number {
    const count = row.text('repeat_count');
    if (/^[1-9]\d*$/.test(count)) return Math.min(Number(count), mostEntries);
    sayUnread(row, 'repeat_count', this.#reading.findings);
    return usualEntries;
  }

  /** @returns where there is no question in it, its notes instead */
  #block(node: Node, { prefix, isSection }: Around, notes: readonly string[]): Asked | readonly string[] {
    const { row, type, children } = node;
    const { texts, findings } = this.#reading;
    if (type.is !== 'begin' || type.holds === 'other') {
      this.#leaveOut(node, 'この種類の組はありません。');
      return notes;
    }
    sayUnread(row, 'appearance', findings);
    const read = texts.label(row);
    const { label } = read;
    const key = this.#key(row);
    const id = `${prefix}${key}`;
    const inside = this.#inside(children, { prefix: `${id}.`, isSection: false });
    if (inside.asked.length === 0) {
      findings.notice(row.at('type'), 'empty-group', `「${label}」には取り込む設問がないため、取り込みません。`);
      return [...notes, ...inside.notes];
    }
    const kind = type.holds;
    const says = kind === 'list' ? { kind, maxEntries: this.#entries(row) } : isSection ? {} : { kind };
    const help = this.#help(row, read, notes, inside.notes);
    const members = { key, label, ...says, help };
    return { row, name: row.text('name'), id, label, kind, members, children: inside.asked };
  }

  #inside(nodes: readonly Node[], around: Around): Inside {
    const asked: Asked[] = [];
    let notes: string[] = [];
    for (const node of nodes) {
      const { row, type } = node;
      if (type.is === 'note') {
        notes.push(...this.#note(row));
        continue;
      }
      if (type.is === 'recorded') {
        const message = `「${row.text('type')}」（端末が記録する値）は取り込みません。`;
        this.#reading.findings.notice(row.at('type'), 'not-mapped', message);
        continue;
      }
      const read = type.is === 'begin' ? this.#block(node, around, notes) : this.#question(node, around, notes);
      if ('row' in read) asked.push(read);
      notes = 'row' in read ? [] : [...read];
    }
    return { asked, notes };
  }

  #note(row: SurveyRow): string[] {
    const lost = row.text('relevant') === '' ? '' : '表示の条件は読み取りません。';
    const message = `注（note）は、次の設問又は区分の説明としました。${lost}`;
    this.#reading.findings.notice(row.at('type'), 'changed', message);
    const { texts } = this.#reading;
    return [texts.of(row, 'label'), texts.of(row, 'hint')].filter((text) => text !== '');
  }

  /** Questions outside of groups stand in sections that no row begins. */
  sections(nodes: readonly Node[]): Inside {
    const asked: Asked[] = [];
    let notes: readonly string[] = [];
    let loose: Node[] = [];
    let made = 0;
    const close = (): void => {
      const [first] = loose;
      if (first === undefined) return;
      const key = this.#reading.keys.make('section');
      const inside = this.#inside(loose, { prefix: `${key}.`, isSection: false });
      loose = [];
      if (inside.asked.length === 0) {
        notes = [...notes, ...inside.notes];
        return;
      }
      made += 1;
      const { row } = first;
      const label = made === 1 ? '設問' : `設問（${made}）`;
      const message = `「begin group」の外にある設問のため、区分「${label}」を設けました。`;
      this.#reading.findings.notice(row.at('type'), 'changed', message);
      const members = { key, label, help: this.#reading.texts.help(row, [...notes, ...inside.notes]) };
      notes = [];
      asked.push({ row, isMade: true, name: '', id: key, label, kind: 'group', members, children: inside.asked });
    };
    for (const node of nodes) {
      if (node.type.is !== 'begin') {
        loose.push(node);
        continue;
      }
      close();
      const read = this.#block(node, { prefix: '', isSection: true }, notes);
      if ('row' in read) asked.push(read);
      notes = 'row' in read ? [] : read;
    }
    close();
    return { asked, notes };
  }
}

/** Notes behind the last section are about the whole. */
export function readSurvey(nodes: readonly Node[], reading: Reading): Inside {
  return new Reader(reading).sections(nodes);
}

export function allAsked(asked: readonly Asked[]): readonly Asked[] {
  return asked.flatMap((each) => [each, ...allAsked(each.children)]);
}

/** With what `change` makes of each question; without those that it makes nothing of, and groups in which nothing is left. */
export function changed(asked: readonly Asked[], change: (each: Asked) => Asked | undefined): readonly Asked[] {
  return asked.flatMap((each) => {
    const own = change(each);
    if (own === undefined || each.children.length === 0) return own ?? [];
    const children = changed(each.children, change);
    return children.length === 0 ? [] : [{ ...own, children }];
  });
}

const columnsOf = {
  key: 'name',
  label: 'label',
  help: 'hint',
  required: 'required',
  options: 'type',
  when: 'relevant',
} as const;

/** As the document has them; `sources` are told where each member was read. */
export function written(asked: readonly Asked[], path: string, sources: Sources): JsonObject[] {
  return asked.map(({ row, members, children, options = [] }, index) => {
    const at = `${path}.${index}`;
    sources.put(at, row.at('type'));
    for (const [member, column] of Object.entries(columnsOf)) sources.put(`${at}.${member}`, row.at(column));
    options.forEach((option, number) => {
      const cell = option.row?.at('label');
      if (cell !== undefined) sources.put(`${at}.options.${number}`, cell);
    });
    return children.length === 0 ? members : { ...members, questions: written(children, `${at}.questions`, sources) };
  });
}
