import type { UserInvitationConfig, UserVerificationConfig } from 'aws-cdk-lib/aws-cognito';
import { VerificationEmailStyle } from 'aws-cdk-lib/aws-cognito';

interface Site {
  readonly prefectureName: string;
  readonly url: string;
}

/** Cognito sends HTML, in which line breaks count for nothing. */
function paragraphs(lines: readonly string[]): string {
  return lines.join('<br>\n');
}

/** Sent once, when an account is made. `{username}` and `{####}` are Cognito's: the name and the temporary password. */
export function invitation({ prefectureName, url }: Site): UserInvitationConfig {
  return {
    emailSubject: `【${prefectureName}】調査・回答のサイトの利用者名のお知らせ`,
    emailBody: paragraphs([
      `${prefectureName}が行う調査に回答するサイトの利用者として登録されました。`,
      '次のアドレスを開き、利用者名と仮のパスワードでサインインしてください。',
      '',
      `アドレス：${url}`,
      '利用者名：{username}',
      '仮のパスワード：{####}',
      '',
      '初めてサインインするときに、新しいパスワードと、認証アプリによる2段階認証を設定します。',
      '仮のパスワードは7日間有効です。期限が過ぎた場合は、県の担当にお知らせください。',
      'この利用者名はご本人だけのものです。異動の際は、後任の方に引き継がず、県の担当にお知らせください。',
    ]),
  };
}

/** Sent when somebody has forgotten the password or confirms a new address. `{####}` is Cognito's: the code. */
export function verification({ prefectureName, url }: Site): UserVerificationConfig {
  return {
    emailStyle: VerificationEmailStyle.CODE,
    emailSubject: `【${prefectureName}】調査・回答のサイトの確認コード`,
    emailBody: paragraphs([
      `確認コード：{####}`,
      '',
      `${prefectureName}が行う調査に回答するサイト（${url}）で、ご本人であることを確認するためのコードです。`,
      '手続きをした覚えがない場合は、このメールを破棄し、県の担当にお知らせください。',
    ]),
  };
}
