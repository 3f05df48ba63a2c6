/** Whom the prefecture asks about a return, as the forms that ship require it from their versions of 2025 on. */

import { refuse } from './form-rule.ts';
import type { FormRule } from './form-rule.ts';
import { text } from './kinds/question.ts';

export const contactFields = {
  department: text('所属', 100).example('福祉部障害福祉課障害福祉係').required(),
  person: text('氏名', 100),
  email: text('メールアドレス', 254, 'email')
    .help('県からの照会の送付先となります。メールアドレスと電話番号は、どちらか一方だけでも構いません。')
    .example('shogai@city.example.lg.jp'),
  phone: text('電話番号', 30, 'phone').example('048-000-0000'),
};

export const contactHelp = '県からの照会のために使用します。公表しません。';

/** The contact below `at` can be reached in one way or the other. */
export function reachable(at: string): FormRule {
  return refuse({
    at: `${at}.email`,
    name: 'unreachable',
    if: 'empty(email) and empty(phone)',
    message: 'メールアドレスと電話番号のどちらかを記入してください。',
  });
}
