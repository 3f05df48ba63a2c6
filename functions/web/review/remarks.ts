/** Why a submitted return is to be looked at before it is accepted (要確認), in words. Pure. */

import type { Form } from '../../../schemas/form.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import type { Version } from '../../../schemas/return.ts';
import { answerBlocks } from '../../domain/answer-rows.ts';
import type { Standing } from '../../domain/life.ts';
import type { Names } from '../../../schemas/kinds/printing.ts';
import { isReplyKey } from '../../domain/send-back-replies.ts';
import type { ReviewFacts } from './review-facts.ts';

/** In hundredths of what is asked: who changes more than this from one year to the next is asked about. */
export const largeChange = 30;

/** How much of what is asked now or was then is answered otherwise, in hundredths, rounded half up. */
export function changedShare(form: Pick<Form, 'sections'>, answers: Answers, before: Answers, names: Names): number {
  const blocks = answerBlocks({ sections: form.sections, answers, names, compared: before });
  const rows = blocks.flatMap((block) => block.rows);
  const changed = rows.filter(({ compared }) => compared !== undefined && compared.difference !== 'same').length;
  return rows.length === 0 ? 0 : Math.floor((200 * changed + rows.length) / (2 * rows.length));
}

function counted(label: string, count: number): string[] {
  return count === 0 ? [] : [`${label} ${count}件`];
}

/** None for a return in which nothing stands out. */
export function remarksOf(
  form: Pick<Form, 'sections'>,
  { answers, reasons }: Pick<Version, 'answers' | 'reasons'>,
  { sentBack }: Pick<Standing, 'sentBack'>,
  { isCorrected, asked, notes, across, openTexts, previous }: ReviewFacts,
  names: Names,
): string[] {
  const share = previous === undefined ? 0 : changedShare(form, answers, previous.version.answers, names);
  return [
    ...(sentBack === undefined ? [] : [isCorrected ? '職権訂正' : '差戻し後の再提出']),
    ...counted(
      isCorrected ? '職権訂正の理由への回答' : '差戻しへの回答',
      Object.keys(reasons).filter(isReplyKey).length,
    ),
    ...counted('理由のある確認事項', asked.length),
    ...counted('参考の確認事項', notes.length),
    ...counted('他の回答・名簿との不一致', across.length),
    ...(share > largeChange ? [`前回から${share}%の項目が変更`] : []),
    ...counted('公表される記述', openTexts.length),
  ];
}
