/** What 市町村調査票 asks about beside the single answers. */

import { askReason, refuse } from '../../form-rule.ts';
import type { FormRule } from '../../form-rule.ts';
import { abruptChange, sameAsLastTime, wentBack } from '../../usual-rules.ts';

/** Providers usually hold both designations, so that none of one kind beside several of the other is rare. */
const oneOfPairZero = {
  name: 'one-of-pair-zero',
  message:
    '地域移行支援と地域定着支援の一方が0で、もう一方が3以上です。数に誤りがないか確認し、正しい場合は理由を記入してください。',
  readyMade: ['一方の指定のみを受けている事業所であるため', '一方の指定を廃止・休止した事業所があるため'],
};

/** Neither lead nor partner is the municipality itself. */
const namesItself = {
  name: 'names-itself',
  message: '自市町村が選ばれています。幹事市町村・相手市町村には自市町村以外を選んでください。',
};

export const surveyRules: readonly FormRule[] = [
  sameAsLastTime,
  wentBack('establishment.status', '自立支援協議会の設置'),
  abruptChange('consultation.commissioned', '委託相談支援事業所'),
  abruptChange('consultation.generalTransition', '指定一般相談支援事業所（地域移行支援）'),
  abruptChange('consultation.generalSettlement', '指定一般相談支援事業所（地域定着支援）'),
  abruptChange('consultation.specific', '指定特定相談支援事業所'),
  abruptChange('consultation.children', '指定障害児相談支援事業所'),
  askReason({
    ...oneOfPairZero,
    at: 'consultation.generalTransition',
    if: 'generalTransition = 0 and generalSettlement >= 3',
  }),
  askReason({
    ...oneOfPairZero,
    at: 'consultation.generalSettlement',
    if: 'generalSettlement = 0 and generalTransition >= 3',
  }),
  wentBack('bases.status', '地域生活支援拠点等の整備状況'),
  abruptChange('bases.coordinators', '拠点コーディネーターの配置数'),
  refuse({
    at: 'coreCentre.centres',
    name: 'no-centre',
    if: 'status = "established" and empty(centres) and empty(ledBy)',
    message:
      '基幹相談支援センターを「設置済」とした場合は、センターを1件以上記入するか、共同設置の幹事市町村を選んでください。',
  }),
  refuse({ ...namesItself, at: 'coreCentre.ledBy', if: 'status = "established" and (unit.code in ledBy)' }),
  refuse({
    ...namesItself,
    at: 'coreCentre.centres.partners',
    if: 'coreCentre.status = "established" and arrangement = "joint" and (unit.code in partners)',
  }),
  wentBack('coreCentre.status', '基幹相談支援センターの設置状況'),
  refuse({
    at: 'coreCentre.centres.partners',
    name: 'no-partner',
    if: 'arrangement = "joint" and empty(partners)',
    message: '共同設置のセンターは、相手市町村を1つ以上選んでください。',
  }),
];
