/** Texts that people read: labels, hints and notes. */

import { firstCharacters, isLongerThan } from '../../../schemas/values/text.ts';
import { isUnit } from '../../../schemas/values/units.ts';
import { normaliseWidth } from '../../../schemas/values/width.ts';
import type { Findings } from '../questionnaire/findings.ts';
import type { SurveyRow } from './rows.ts';

const longestLabel = 300;
const longestHelp = 4000;

export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

const inserted = /\$\{\s*([^}]*?)\s*\}/g;

const unitPattern = /[（(](?<said>単位[：:])?(?<unit>[^（()）]{1,20})[）)]$/;

/** The unit in which a label asks: 相談件数（件） → 件. */
export function unitIn(label: string): string | undefined {
  const { said, unit } = unitPattern.exec(label)?.groups ?? {};
  return unit !== undefined && (said !== undefined || isUnit(normaliseWidth(unit))) ? unit : undefined;
}

export interface Label {
  readonly label: string;
  /** What of it is too long for a label, to be said in the help. */
  readonly more: readonly string[];
}

export class RowTexts {
  readonly #labels: ReadonlyMap<string, string>;
  readonly #findings: Findings;

  /** @param rows all there are: their labels stand in texts in the place of what is answered to them */
  constructor(rows: readonly SurveyRow[], findings: Findings) {
    this.#labels = new Map(rows.map((row) => [row.text('name'), oneLine(row.text('label')) || row.text('name')]));
    this.#findings = findings;
  }

  of(row: SurveyRow, column: 'label' | 'hint' | 'guidance_hint'): string {
    const text = row.text(column);
    if (text.search(inserted) === -1) return text;
    this.#findings.notice(
      row.at(column),
      'changed',
      '回答の差込み（${名前}）はできないため、設問の名称に置き換えました。',
    );
    return text.replaceAll(inserted, (_, name: string) => `「${this.#labels.get(name) ?? name}」`);
  }

  label(row: SurveyRow): Label {
    const label = oneLine(this.of(row, 'label'));
    if (label === '') {
      this.#findings.notice(row.at('name'), 'no-label', '「label」がないため、名前を設問の名称としました。');
      return { label: firstCharacters(row.text('name'), longestLabel), more: [] };
    }
    if (!isLongerThan(label, longestLabel)) return { label, more: [] };
    const message = `${longestLabel}文字を超えるため、全文は説明に記載しました。`;
    this.#findings.notice(row.at('label'), 'changed', message);
    return { label: `${firstCharacters(label, longestLabel - 1)}…`, more: [label] };
  }

  /** The texts under each other, as far as there is room. */
  help(row: SurveyRow, texts: readonly string[]): string | undefined {
    const all = texts.filter((text) => text !== '').join('\n');
    if (!isLongerThan(all, longestHelp)) return all === '' ? undefined : all;
    const message = `説明が${longestHelp.toLocaleString('en')}文字を超えるため、途中までとしました。`;
    this.#findings.notice(row.at('hint'), 'cut', message);
    return firstCharacters(all, longestHelp);
  }
}
