/** The mails about an account, which Cognito sends and a laptop puts into its outbox. */

interface Site {
  readonly prefectureName: string;
  readonly url: string;
}

interface AccountMail {
  readonly subject: string;
  readonly lines: readonly string[];
}

/** Sent once, when an account is made, with the name and the temporary password. */
export function invitationMail({ prefectureName, url }: Site, username: string, password: string): AccountMail {
  return {
    subject: `【${prefectureName}】調査・回答のサイトの利用者名のお知らせ`,
    lines: [
      `${prefectureName}が行う調査に回答するサイトの利用者として登録されました。`,
      '次のアドレスを開き、利用者名と仮のパスワードでサインインしてください。',
      '',
      `アドレス：${url}`,
      `利用者名：${username}`,
      `仮のパスワード：${password}`,
      '',
      '初めてサインインするときに、新しいパスワードと、認証アプリによる2段階認証を設定します。',
      '仮のパスワードは7日間有効です。期限が過ぎた場合は、県の担当にお知らせください。',
      'この利用者名はご本人だけのものです。異動の際は、後任の方に引き継がず、県の担当にお知らせください。',
    ],
  };
}

/** Sent when somebody has forgotten the password or confirms a new address. */
export function codeMail({ prefectureName, url }: Site, code: string): AccountMail {
  return {
    subject: `【${prefectureName}】調査・回答のサイトの確認コード`,
    lines: [
      `確認コード：${code}`,
      '',
      `${prefectureName}が行う調査に回答するサイト（${url}）で、ご本人であることを確認するためのコードです。`,
      '手続きをした覚えがない場合は、このメールを破棄し、県の担当にお知らせください。',
    ],
  };
}
