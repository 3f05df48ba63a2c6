/** What Cognito answers about accounts that a page tells; whoever looks out for them loads nothing of Cognito. */

/** Cognito's own sender has sent all that it may in a day. */
export class DailyMailLimit extends Error {
  constructor(cause: unknown) {
    super('本日送信できる招待メールの上限に達しました。明日、もう一度実行すると、続きから登録します。', { cause });
  }
}

/** Cognito names no page by it, or not any more: it keeps its place for an hour. */
export class UnknownCursor extends Error {}
