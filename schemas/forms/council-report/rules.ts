/** What 協議会活動報告書 refuses, asks about and notes beside the single answers. */

import { askReason, note, refuse } from '../../form-rule.ts';
import type { FormRule } from '../../form-rule.ts';
import { afterRound } from '../../usual-rules.ts';
import { councilFunctions, placements, tiers } from './functions.ts';

/** One note per function that no body covers, once any body has answered which it covers. */
const uncoveredFunctions = placements.map(({ id, number }) =>
  note({
    at: 'bodies',
    name: `${id}-uncovered`,
    if: `(some b in bodies satisfies b.functions != null) and not(some b in bodies satisfies "${id}" in b.functions)`,
    message: `機能${number}「${councilFunctions[id]}」を担う会議体がありません。`,
  }),
);

/** One note per function that the guideline does not place at every tier. */
const misplacedFunctions = placements.flatMap(({ id, number, tiers: placed }) => {
  const names = placed.map((tier) => tiers[tier]);
  const elsewhere = Object.keys(tiers).filter((tier) => !placed.some((each) => each === tier));
  if (elsewhere.length === 0) return [];
  return note({
    at: 'bodies.functions',
    name: `${id}-misplaced`,
    if: `list contains(functions, "${id}") and (tier in [${elsewhere.map((tier) => `"${tier}"`).join(', ')}])`,
    message: `機能${number}「${councilFunctions[id]}」は、横浜市のガイドラインでは${names.join('・')}で担うこととされています。`,
  });
});

export const councilRules: readonly FormRule[] = [
  afterRound('profile.establishedOn'),
  refuse({
    at: 'profile.term',
    name: 'term-reversed',
    if: 'term.to < term.from',
    message: '委員の任期の終わりが始まりより前です。年度を確認してください。',
  }),
  askReason({
    at: 'profile.term',
    name: 'term-over',
    if: 'term.to < fiscal year(round.period.from)',
    message:
      '委員の任期が対象期間の始まる前に終わっています。現在の任期を記入するか、そのままの場合は理由を記入してください。',
    readyMade: ['任期満了後も引き続き在任しているため', '次期の委員を選任中であるため'],
  }),
  afterRound('profile.events.heldOn'),
  ...uncoveredFunctions,
  ...misplacedFunctions,
  askReason({
    at: 'bodies.meetings',
    name: 'no-meetings',
    if: 'meetings = 0',
    message: '開催回数が0回です。開催しなかった理由を記入してください。',
    readyMade: ['隔年開催', '有期限のため終了', '休止中'],
  }),
  // No meeting at all is asked about above, and once is enough.
  askReason({
    at: 'bodies.meetings',
    name: 'fewer-than-planned',
    if: 'meetings > 0 and meetings < planned(planned) / 2',
    message:
      '開催回数が開催計画から見込まれる回数の半分に満たない回数です。回数を確認し、正しい場合は理由を記入してください。',
    readyMade: ['期間の途中で設置したため', '議題がなく開催を見送ったため', '書面開催としたため'],
  }),
  askReason({
    at: 'bodies.members',
    name: 'composition-sum',
    if: 'total(composition) != null and answered(members) and total(composition) != members',
    message: '委員構成の合計が委員数と異なります。人数を確認し、正しい場合は理由を記入してください。',
    readyMade: ['複数の種別に該当する委員がいるため', '年度の途中で委員の異動があったため', '欠員があるため'],
  }),
  note({
    at: 'bodies.composition.personsAndFamilies',
    name: 'no-persons-concerned',
    if: 'total(composition) != null and (personsAndFamilies = null or personsAndFamilies = 0)',
    message: '委員構成に障害当事者団体・障害当事者及びその家族が含まれていません。',
  }),
  note({
    at: 'bodies.themes',
    name: 'no-theme',
    if: 'members > 0 and empty(themes)',
    message: '委員がいる会議体に、取組（テーマ）が記入されていません。',
  }),
  note({
    at: 'bodies.sessions',
    name: 'sessions-listed',
    if: 'answered(sessions) and answered(meetings) and count(sessions) != (if meetings = null then 0 else meetings)',
    message: '活動内容に記入した会議の数が開催回数と異なります（主な会議だけを記入した場合はこのままで構いません）。',
  }),
  askReason({
    at: 'bodies.sessions.heldOn',
    name: 'outside-period',
    if: 'outside period(heldOn)',
    message: '開催日が調査の対象期間に含まれていません。日付を確認し、正しい場合は理由を記入してください。',
    readyMade: ['対象期間外に開催した会議を参考として記入したため'],
  }),
  askReason({
    at: 'bodies.sessions.heldOn',
    name: 'same-day',
    if: 'repeated(heldOn)',
    message: '同じ会議体で同じ日に開催した会議が2件以上あります。日付を確認し、正しい場合は理由を記入してください。',
    readyMade: ['同じ日に2回開催したため', 'グループに分かれて開催したため'],
  }),
];
