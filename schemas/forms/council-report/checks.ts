/** Edit checks of 協議会活動報告書 that read the profile, one body or all bodies. */

import { askReason, note, refuse, strike } from '../../edit-check.ts';
import type { EditCheck } from '../../edit-check.ts';
import { monthsOf } from '../../round.ts';
import type { RoundDefinition } from '../../round.ts';
import type { FiscalYears } from '../../values/fiscal-years.ts';
import type { Frequency } from '../../values/frequency.ts';
import { firstDay, isPartialDate, lastDay } from '../../values/partial-date.ts';
import { compositionTotal } from './body.ts';
import type { Body } from './body.ts';
import { councilFunctions, placements, tiers } from './functions.ts';

type Period = RoundDefinition['period'];
type Profile = { readonly term?: FiscalYears };

export const termReversed: EditCheck<Profile> = refuse(
  'term-reversed',
  { message: '委員の任期の終わりが始まりより前です。年度を確認してください。' },
  ({ term }) => strike('term', term !== undefined && term.to < term.from),
);

export const termOver: EditCheck<Profile> = askReason(
  'term-over',
  {
    message:
      '委員の任期が対象期間の始まる前に終わっています。現在の任期を記入するか、そのままの場合は理由を記入してください。',
    readyMade: ['任期満了後も引き続き在任しているため', '次期の委員を選任中であるため'],
  },
  ({ term }, { round }) => strike('term', term !== undefined && `${term.to + 1}-03-31` < firstDay(round.period.from)),
);

export const compositionSum: EditCheck<Body> = askReason(
  'composition-sum',
  {
    message: '委員構成の合計が委員数と異なります。人数を確認し、正しい場合は理由を記入してください。',
    readyMade: ['複数の種別に該当する委員がいるため', '年度の途中で委員の異動があったため', '欠員があるため'],
  },
  (body) => {
    const total = compositionTotal(body);
    return strike('members', total !== undefined && body.members !== undefined && total !== body.members);
  },
);

function isOutside(date: string, { from, to }: Period): boolean {
  return lastDay(date) < firstDay(from) || firstDay(date) > lastDay(to);
}

export const sessionOutsidePeriod: EditCheck<Body> = askReason(
  'outside-period',
  {
    message: '開催日が調査の対象期間に含まれていません。日付を確認し、正しい場合は理由を記入してください。',
    readyMade: ['対象期間外に開催した会議を参考として記入したため'],
  },
  ({ sessions = [] }, { round }) =>
    sessions.flatMap(({ id, heldOn }) =>
      strike(`sessions.${id}.heldOn`, heldOn !== undefined && isPartialDate(heldOn) && isOutside(heldOn, round.period)),
    ),
);

const fullDay = /^\d{4}-\d{2}-\d{2}$/;

export const sessionsOnOneDay: EditCheck<Body> = askReason(
  'same-day',
  {
    message: '同じ会議体で同じ日に開催した会議が2件以上あります。日付を確認し、正しい場合は理由を記入してください。',
    readyMade: ['同じ日に2回開催したため', 'グループに分かれて開催したため'],
  },
  ({ sessions = [] }) => {
    const days = new Set<string>();
    return sessions.flatMap(({ id, heldOn }) => {
      if (heldOn === undefined || !fullDay.test(heldOn)) return [];
      const repeated = days.has(heldOn);
      days.add(heldOn);
      return strike(`sessions.${id}.heldOn`, repeated);
    });
  },
);

export const noMeetings: EditCheck<Body> = askReason(
  'no-meetings',
  {
    message: '開催回数が0回です。開催しなかった理由を記入してください。',
    readyMade: ['隔年開催', '有期限のため終了', '休止中'],
  },
  ({ meetings }) => strike('meetings', meetings === 0),
);

const perYear = { week: 52, month: 12, year: 1 };

/** The fewest meetings that a plan gives over a period; 0 when they are held as needed only. */
function plannedMeetings(plan: Frequency, period: Period): number {
  return plan === 'asNeeded' ? 0 : (plan.times.min * perYear[plan.per] * monthsOf({ period })) / 12;
}

/** No meeting at all is asked about by `noMeetings`, and once is enough. */
export const fewerThanPlanned: EditCheck<Body> = askReason(
  'fewer-than-planned',
  {
    message:
      '開催回数が開催計画から見込まれる回数の半分に満たない回数です。回数を確認し、正しい場合は理由を記入してください。',
    readyMade: ['期間の途中で設置したため', '議題がなく開催を見送ったため', '書面開催としたため'],
  },
  ({ planned, meetings }, { round }) =>
    strike(
      'meetings',
      planned !== undefined &&
        typeof meetings === 'number' &&
        meetings > 0 &&
        meetings < plannedMeetings(planned, round.period) / 2,
    ),
);

export const sessionsListed: EditCheck<Body> = note(
  'sessions-listed',
  { message: '活動内容に記入した会議の数が開催回数と異なります（主な会議だけを記入した場合はこのままで構いません）。' },
  ({ sessions, meetings }) =>
    strike('sessions', sessions !== undefined && meetings !== undefined && sessions.length !== (meetings ?? 0)),
);

export const noTheme: EditCheck<Body> = note(
  'no-theme',
  { message: '委員がいる会議体に、取組（テーマ）が記入されていません。' },
  ({ members, themes = [] }) => strike('themes', typeof members === 'number' && members > 0 && themes.length === 0),
);

export const noPersonsConcerned: EditCheck<Body> = note(
  'no-persons-concerned',
  { message: '委員構成に障害当事者団体・障害当事者及びその家族が含まれていません。' },
  (body) =>
    strike(
      'composition.personsAndFamilies',
      compositionTotal(body) !== undefined && (body.composition?.['personsAndFamilies'] ?? 0) === 0,
    ),
);

/** One note per function that no body covers, once any body has answered which it covers. */
export const uncoveredFunctions: readonly EditCheck<readonly Body[]>[] = placements.map(({ id, number }) =>
  note(`${id}-uncovered`, { message: `機能${number}「${councilFunctions[id]}」を担う会議体がありません。` }, (bodies) =>
    strike(
      '',
      bodies.some(({ functions }) => functions !== undefined) && !bodies.some((body) => body.functions?.includes(id)),
    ),
  ),
);

/** One note per function that the guideline does not place at every tier. */
export const misplacedFunctions: readonly EditCheck<Body>[] = placements
  .filter((placement) => placement.tiers.length < Object.keys(tiers).length)
  .map(({ id, number, tiers: at }) =>
    note(
      `${id}-misplaced`,
      {
        message: `機能${number}「${councilFunctions[id]}」は、横浜市のガイドラインでは${at.map((tier) => tiers[tier]).join('・')}で担うこととされています。`,
      },
      ({ functions = [], tier }) =>
        strike('functions', tier !== undefined && functions.includes(id) && !at.some((each) => each === tier)),
    ),
  );
