/** Edit checks that compare a return with the last accepted one. Every form may use them. */

import { askReason, strike } from './edit-check.ts';
import type { EditCheck } from './edit-check.ts';
import { sameAnswers } from './same-answers.ts';

/** How many makes a change from or to none worth a question. */
const SEVERAL = 3;
/** A change by more than half counts only when it is also by more than this many. */
const FEW = 5;

/** From 0 to 3 or more or back; or by more than half of the previous count and by more than 5. */
function isAbrupt(before: number, now: number): boolean {
  const change = Math.abs(now - before);
  if (before === 0 || now === 0) return change >= SEVERAL;
  return change > before / 2 && change > FEW;
}

/** Asks why the count `key` of a section differs so much from the last accepted return. */
export function abruptChange<const K extends string>(key: K, label: string): EditCheck<Partial<Record<K, number>>> {
  return askReason(
    `${key}-changed`,
    {
      message: `「${label}」が前回の回答から大きく変わっています。数に誤りがないか確認し、正しい場合は理由を記入してください。`,
      readyMade: ['新規の指定・配置があったため', '廃止・休止があったため', '前回の回答に誤りがあったため'],
    },
    (answers, { previous }) => {
      const before = previous?.[key];
      const now = answers[key];
      return strike(key, before !== undefined && now !== undefined && isAbrupt(before, now));
    },
  );
}

/** Asks why the choice `key` of a section moved back; `order` runs from the farthest advanced option to the least. */
export function wentBack<const K extends string, const O extends string>(
  key: K,
  label: string,
  order: readonly O[],
): EditCheck<Partial<Record<K, O>>> {
  return askReason(
    `${key}-went-back`,
    {
      message: `「${label}」が前回の回答より後退しています。選択に誤りがないか確認し、正しい場合は理由を記入してください。`,
      readyMade: ['廃止・休止したため', '体制を見直しているため', '前回の回答に誤りがあったため'],
    },
    (answers, { previous }) => {
      const before = previous?.[key];
      const now = answers[key];
      return strike(key, before !== undefined && now !== undefined && order.indexOf(now) > order.indexOf(before));
    },
  );
}

/** Asks whether a return that repeats the last accepted one was looked through; strikes the whole return. */
export function sameAsLastTime({ except }: { except: readonly string[] }): EditCheck<object> {
  const compared = (answers: object): object =>
    Object.fromEntries(Object.entries(answers).filter(([section]) => !except.includes(section)));
  return askReason(
    'same-as-last-time',
    {
      message:
        '連絡先を除く全ての回答が前回と同じです。今回の基準日現在の状況であるか確認し、変わりがない場合は理由を記入してください。',
      readyMade: ['内容を確認し、前回から変更がないため'],
    },
    (answers, { previous }) => strike('', previous !== undefined && sameAnswers(compared(answers), compared(previous))),
  );
}
