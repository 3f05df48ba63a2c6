/** The words of mails: those for every round, and what is put in place of their placeholders. Pure. */

import type { MailEvent, MailPlaceholder, MailSettings, MailText } from '../../schemas/mail.ts';

const end = '\n\n開くアドレス：{サイト}\n\nお問い合わせ先：{県の担当}\n（このメールは自動で送信しています。）';

function text(subject: string, ...lines: readonly string[]): MailText {
  return { subject: `【{調査名}】${subject}`, body: `{市町村}\n{担当者} 様\n\n${lines.join('\n')}${end}` };
}

/** Stands where an officer writes a notice. */
export const unwritten = '（ここに本文を入力してください。）';

const usual: Readonly<Record<MailEvent, MailText>> = {
  opened: text(
    '回答の受付を開始しました',
    '「{調査名}」の回答の受付を開始しました。次の調査票に御回答ください。',
    '',
    '{調査票}',
    '',
    '提出期限：{提出期限}',
  ),
  week: text(
    '提出期限が近づいています',
    '「{調査名}」の提出期限は{提出期限}です。次の調査票は、まだ提出されていません。',
    '',
    '{調査票}',
  ),
  eve: text(
    '提出期限が迫っています',
    '「{調査名}」の提出期限は{提出期限}です。次の調査票は、まだ提出されていません。',
    '',
    '{調査票}',
    '',
    '期限までの提出が難しい場合は、県の担当に御連絡ください。',
  ),
  overdue: text(
    '提出期限を過ぎています',
    '「{調査名}」の提出期限（{提出期限}）を過ぎましたが、次の調査票が提出されていません。至急御提出ください。',
    '',
    '{調査票}',
  ),
  dueMoved: text(
    '提出期限を変更しました',
    '「{調査名}」の次の調査票の提出期限を、{提出期限}に変更しました。',
    '',
    '{調査票}',
  ),
  returned: text(
    '回答の修正をお願いします',
    '御提出いただいた次の回答について、確認をお願いしたい点があります。理由はサイトに表示しています。修正して、もう一度御提出ください。',
    '',
    '{調査票}',
  ),
  accepted: text(
    '回答を確認しました',
    '御提出いただいた次の回答の確認が終わりました。御協力ありがとうございました。',
    '',
    '{調査票}',
  ),
  onBehalf: text(
    '県が回答を提出しました',
    '次の回答を、県が代理で入力し、又は職権で訂正して提出しました。理由と変更点は、サイトの「提出の履歴」で御覧ください。',
    '',
    '{調査票}',
    '',
    '内容に誤りがある場合は、県の担当に御連絡ください。',
  ),
  answered: text(
    '御質問に回答しました',
    '次の調査票についての御質問に回答しました。回答はサイトで御覧ください。',
    '',
    '{調査票}',
  ),
  published: text('結果を公表しました', '「{調査名}」の結果を公表しました。御協力ありがとうございました。'),
  notice: text('お知らせ', unwritten),
};

/** The round's own words, or those for every round. */
export function mailTextOf({ texts }: Pick<MailSettings, 'texts'>, event: MailEvent): MailText {
  return texts?.[event] ?? usual[event];
}

/** What is put in is not looked into: a name with braces stays as it is. */
export function fillIn(template: string, facts: Readonly<Record<MailPlaceholder, string>>): string {
  const values = new Map<string, string>(Object.entries(facts));
  return template.replaceAll(/\{([^{}\n]*)\}/g, (whole, name: string) => values.get(name) ?? whole);
}

/** A subject is one line, whatever stands in it. */
export function subjectOf(template: string, facts: Readonly<Record<MailPlaceholder, string>>): string {
  return fillIn(template, facts)
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
}
