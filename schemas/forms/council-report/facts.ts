/** Facts about councils that may need support: what they answered, without a judgement. */

import { answersKnownTo, isDraft } from '../../compile.ts';
import type { ReportingUnit } from '../../directory.ts';
import type { FormExtras, UnitFacts } from '../../form-extras.ts';
import type { Json } from '../../values/json.ts';
import { monthsOf, periodOf } from '../../round.ts';
import type { Round } from '../../round.ts';
import { evaluator } from '../../rules/evaluate.ts';
import { printCount, printMean } from '../../values/count.ts';
import { isSubcommittee, plenaryMeetings } from './body.ts';
import { councilReport2024 } from './v2024.ts';

export type CouncilReport = NonNullable<(typeof councilReport2024)['answersType']>;

/** What the checks and facts know of a council's answers, whichever version asked them. */
export function councilReportIn(answers: Json): CouncilReport | undefined {
  const known = answersKnownTo(councilReport2024, answers);
  return isDraft(councilReport2024, known) ? known : undefined;
}

function bodiesIn(answers: Json): NonNullable<CouncilReport['bodies']> {
  return councilReportIn(answers)?.bodies ?? [];
}

type Asks = ReturnType<typeof evaluator>;

/** What the form itself asks about, of one body. */
function askedAs(name: string): Asks {
  const asked = councilReport2024.rules.find(({ rule }) => rule.name === name);
  if (asked === undefined) throw new Error(`no rule is called ${name}`);
  return evaluator(asked.tree);
}

interface Facts {
  readonly name: string;
  readonly plenary: number | null;
  readonly subcommittees: number;
  /** Names of bodies that did not meet, and of those that met less than half as often as planned. */
  readonly idle: readonly string[];
  readonly behindPlan: readonly string[];
}

class CouncilFacts implements UnitFacts {
  readonly title = '支援の要否を検討するための資料';
  readonly caption = '協議会ごとの事実（回答に基づく。評価を示すものではない）';
  readonly columns = [
    { label: '協議会' },
    { label: '全体会（回）', isNumber: true },
    { label: '専門部会等（数）', isNumber: true },
    { label: '事実' },
  ];
  readonly none = '該当する協議会はありません。';
  readonly #round: Round;
  readonly #hasNotMet = askedAs('no-meetings');
  readonly #metLessThanPlanned = askedAs('fewer-than-planned');
  readonly #facts = new Map<string, Facts>();
  /** Plenary meetings in the round before, and over which period. */
  readonly #before = new Map<string, { readonly meetings: number; readonly round: Pick<Round, 'period'> }>();

  constructor(round: Round) {
    this.#round = round;
  }

  add({ code, name, members }: ReportingUnit, answers: Json): void {
    const bodies = bodiesIn(answers);
    const about = { unit: { code, kind: null, members }, round: this.#round };
    const found = (holds: Asks): string[] =>
      bodies
        .filter((body) => holds({ scopes: [{ bodies }, { ...body }], about }) === true)
        .map((body) => body.name ?? body.id);
    this.#facts.set(code, {
      name,
      plenary: plenaryMeetings(bodies),
      subcommittees: bodies.filter(isSubcommittee).length,
      idle: found(this.#hasNotMet),
      behindPlan: found(this.#metLessThanPlanned),
    });
  }

  addPrevious({ code }: ReportingUnit, answers: Json, round: Pick<Round, 'period'>): void {
    const meetings = plenaryMeetings(bodiesIn(answers));
    if (meetings !== null) this.#before.set(code, { meetings, round });
  }

  /** Over twelve months; both periods are named. */
  #fewerMeetings(council: string, now: number | null): string[] {
    const before = this.#before.get(council);
    if (before === undefined || now === null) return [];
    const months = { before: monthsOf(before.round), now: monthsOf(this.#round) };
    if (now * months.before >= before.meetings * months.now) return [];
    const change = `${periodOf(before.round)} ${printCount(before.meetings)}回→${periodOf(this.#round)} ${printCount(now)}回`;
    const yearly = `12か月当たり${printMean(before.meetings * 12, months.before)}回→${printMean(now * 12, months.now)}回`;
    return [`全体会の開催回数が前回調査より減少（${change}${months.before === months.now ? '' : `、${yearly}`}）`];
  }

  #textsOf(council: string, { plenary, subcommittees, idle, behindPlan }: Facts): string[] {
    return [
      ...(plenary === 0 ? ['全体会の開催なし'] : []),
      ...(idle.length > 0 ? [`開催回数0回の会議体：${idle.join('、')}`] : []),
      ...(behindPlan.length > 0 ? [`開催回数が開催計画の半分未満の会議体：${behindPlan.join('、')}`] : []),
      ...this.#fewerMeetings(council, plenary),
      ...(subcommittees === 0 ? ['専門部会等の設置なし'] : []),
    ];
  }

  rows(): string[][] {
    return [...this.#facts].flatMap(([council, facts]) => {
      const texts = this.#textsOf(council, facts);
      const { name, plenary, subcommittees } = facts;
      return texts.length === 0
        ? []
        : [[name, plenary === null ? '－' : printCount(plenary), printCount(subcommittees), texts.join('\n')]];
    });
  }
}

export const councilFacts: NonNullable<FormExtras['facts']> = {
  reads: ['bodies.name', 'bodies.kind', 'bodies.countedAsSubcommittee', 'bodies.planned', 'bodies.meetings'],
  over: (round) => new CouncilFacts(round),
};
