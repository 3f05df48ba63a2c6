/** Rules that several of the forms have: what compares a return with the last accepted one, and dates with the round. */

import { askReason } from './form-rule.ts';
import type { FormRule } from './form-rule.ts';

function keyOf(at: string): string {
  return at.split('.').at(-1) ?? at;
}

/** Asks why a count differs so much from the last accepted return. */
export function abruptChange(at: string, label: string): FormRule {
  return askReason({
    at,
    name: `${keyOf(at)}-changed`,
    if: `abrupt change(${keyOf(at)})`,
    message: `「${label}」が前回の回答から大きく変わっています。数に誤りがないか確認し、正しい場合は理由を記入してください。`,
    readyMade: ['新規の指定・配置があったため', '廃止・休止があったため', '前回の回答に誤りがあったため'],
  });
}

/** Asks why a choice moved back. Its options run from the farthest advanced to the least. */
export function wentBack(at: string, label: string): FormRule {
  return askReason({
    at,
    name: `${keyOf(at)}-went-back`,
    if: `went back(${keyOf(at)})`,
    message: `「${label}」が前回の回答より後退しています。選択に誤りがないか確認し、正しい場合は理由を記入してください。`,
    readyMade: ['廃止・休止したため', '体制を見直しているため', '前回の回答に誤りがあったため'],
  });
}

/** Asks whether a return that repeats the last accepted one was looked through. What is internal is not compared. */
export const sameAsLastTime: FormRule = askReason({
  name: 'same-as-last-time',
  if: 'same as last time()',
  message:
    '連絡先を除く全ての回答が前回と同じです。今回の基準日現在の状況であるか確認し、変わりがない場合は理由を記入してください。',
  readyMade: ['内容を確認し、前回から変更がないため'],
});

/** Asks about the date of something that has happened: one after the round's fiscal year, and after its period where that ends later. */
export function afterRound(at: string): FormRule {
  return askReason({
    at,
    name: 'after-round',
    if: `fiscal year(${keyOf(at)}) > round.fiscalYear and ${keyOf(at)} > round.period.to`,
    message: '調査の年度より後の日付です。元号と年を確認し、正しい場合は理由を記入してください。',
    readyMade: ['今後の予定を記入したため'],
  });
}
