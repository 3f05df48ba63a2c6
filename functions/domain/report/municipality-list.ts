/** 参考資料2: the list by municipality, a joint council in one row with its members. */

import type { Council, Directory } from '../../../schemas/directory.ts';
import { listing } from '../../../schemas/forms/report-outline.ts';
import { printCount } from '../../../schemas/values/count.ts';
import { notAnswered } from '../print-answer.ts';
import type { Audience } from '../summary.ts';
import type { Table } from './document.ts';
import type { ReportFacts, SurveyFacts } from './facts.ts';
import { noFigure, notApplicable } from './figures.ts';

/** Printed where a municipality's own figures stand in an earlier row. */
const mentionedBefore = '再掲';
/** Where no return is counted; in public nobody is told who is late. */
const notCounted: Readonly<Record<Audience, string>> = { internal: '未提出', public: noFigure };

const columns = [
  { label: '市町村' },
  { label: '協議会' },
  { label: '設置形態' },
  { label: '運営方法' },
  { label: '全体会（回）', isNumber: true },
  { label: '専門部会等', isNumber: true },
  ...Object.keys(listing.survey.counts).map((label) => ({ label, isNumber: true })),
  ...Object.keys(listing.survey.choices).map((label) => ({ label })),
];

const countColumns = Object.keys(listing.survey.counts).length;
const choiceColumns = Object.keys(listing.survey.choices).length;

/** `（3/8市町村分）` behind what does not hold for every member. */
function partOf(counted: number, members: number): string {
  return counted === members ? '' : `（${printCount(counted)}/${printCount(members)}市町村分）`;
}

function sumAt(surveys: readonly SurveyFacts[], members: number, index: number): string {
  const answered = surveys.flatMap(({ counts }) => counts[index] ?? []);
  if (answered.length === 0) return notAnswered;
  return `${printCount(answered.reduce((sum, value) => sum + value, 0))}${partOf(answered.length, members)}`;
}

/** One word where all say the same, else each with how many: `整備済3・検討中1`. */
function wordsAt(surveys: readonly SurveyFacts[], members: number, index: number): string {
  const times = new Map<string, number>();
  for (const { choices } of surveys) {
    const word = choices[index] === undefined || choices[index] === '' ? notAnswered : choices[index];
    times.set(word, (times.get(word) ?? 0) + 1);
  }
  const words = [...times];
  const text = words.length === 1 ? (words[0]?.[0] ?? '') : words.map(([word, count]) => `${word}${count}`).join('・');
  return `${text}${partOf(surveys.length, members)}`;
}

class MunicipalityList {
  readonly #names: ReadonlyMap<string, string>;
  readonly #facts: ReportFacts;
  /** Municipalities whose own figures stand in a row above. */
  readonly #mentioned = new Set<string>();
  readonly #notCounted: string;

  constructor(directory: Directory, facts: ReportFacts, audience: Audience) {
    this.#notCounted = notCounted[audience];
    this.#names = new Map(directory.municipalities.map(({ code, name }) => [code, name]));
    this.#facts = facts;
  }

  #municipal(codes: readonly string[]): string[] {
    const fresh = codes.filter((code) => !this.#mentioned.has(code));
    if (fresh.length === 0) return Array.from({ length: countColumns + choiceColumns }, () => mentionedBefore);
    const counted = fresh.filter((code) => this.#facts.surveys.has(code));
    for (const code of counted) this.#mentioned.add(code);
    const surveys = counted.flatMap((code) => this.#facts.surveys.get(code) ?? []);
    if (surveys.length === 0) return Array.from({ length: countColumns + choiceColumns }, () => this.#notCounted);
    return [
      ...Array.from({ length: countColumns }, (_, index) => sumAt(surveys, codes.length, index)),
      ...Array.from({ length: choiceColumns }, (_, index) => wordsAt(surveys, codes.length, index)),
    ];
  }

  councilRow({ id, name, members, ward }: Council): string[] {
    const facts = this.#facts.councils.get(id);
    const names = members.map((code) => this.#names.get(code) ?? code).join('、');
    return [
      ward === undefined ? names : `${names}（${ward}）`,
      name,
      members.length > 1 ? '共同' : '単独',
      ...(facts === undefined
        ? [this.#notCounted, this.#notCounted, this.#notCounted]
        : [
            facts.operation === '' ? notAnswered : facts.operation,
            facts.plenaryMeetings === undefined ? notApplicable : printCount(facts.plenaryMeetings),
            printCount(facts.subcommittees),
          ]),
      ...this.#municipal(members),
    ];
  }

  municipalityRow(code: string): string[] {
    const survey = this.#facts.surveys.get(code);
    const established = survey === undefined ? this.#notCounted : survey.established;
    return [
      this.#names.get(code) ?? code,
      notApplicable,
      established === '' ? notAnswered : established,
      notApplicable,
      notApplicable,
      notApplicable,
      ...this.#municipal([code]),
    ];
  }
}

/** Councils in the place of their first member, municipalities without one for themselves. */
export function municipalityList(directory: Directory, facts: ReportFacts, audience: Audience): Table {
  const councilsOf = new Map<string, Council[]>();
  for (const council of directory.councils)
    for (const code of council.members) {
      const known = councilsOf.get(code);
      if (known === undefined) councilsOf.set(code, [council]);
      else known.push(council);
    }
  function* read(): Generator<string[]> {
    const list = new MunicipalityList(directory, facts, audience);
    const shown = new Set<string>();
    for (const { code } of directory.municipalities) {
      const councils = councilsOf.get(code);
      if (councils === undefined) yield list.municipalityRow(code);
      for (const council of councils ?? []) {
        if (shown.has(council.id)) continue;
        shown.add(council.id);
        yield list.councilRow(council);
      }
    }
  }
  const rows = { [Symbol.iterator]: read };
  return {
    kind: 'table',
    caption:
      '市町村別一覧（委託から障害児までは相談支援事業所の数、共同設置の協議会は構成市町村の計。一部の市町村の計であるときはその市町村数を付記）',
    columns,
    rows,
    isDense: true,
  };
}
