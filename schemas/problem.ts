/**
 * Every way a call can be refused: a stable code for programs, a status, and a Japanese title that says what to do.
 * The union of codes is the keys; documents are RFC 9457 `application/problem+json`.
 */

export const problems = {
  unauthenticated: { status: 401, title: '認証されていません。サインインし直してください。' },
  forbidden: { status: 403, title: 'この操作を行う権限がありません。' },
  'not-found': { status: 404, title: '指定されたものは見つかりません。' },
  'method-not-allowed': { status: 405, title: 'この操作はできません。' },
  'malformed-json': { status: 400, title: 'JSONとして読み取れません。形式を確認してください。' },
  'malformed-request': { status: 400, title: 'リクエストの形式が正しくありません。' },
  'unsupported-media-type': {
    status: 415,
    title: 'Content-Type が正しくありません。JSONは application/json、Excelファイルはその種類（.xlsx）としてください。',
  },
  'unsupported-content-encoding': { status: 415, title: 'Content-Encoding は付けず、圧縮せずに送ってください。' },
  'too-large': { status: 413, title: '送信されたデータが大きすぎます。' },
  'return-too-large': {
    status: 413,
    title: '1件の回答は300KBまでです。文章を短くするか、内容を分けて記入してください。',
  },
  'wrong-shape': { status: 422, title: '保存できない形の回答があります。各項目を確認してください。' },
  'unknown-file': {
    status: 422,
    title: 'この回答に登録されていないファイルが回答にあります。先にファイルを登録してください。',
  },
  'file-empty': {
    status: 422,
    title: 'ファイルが選ばれていないか、空のファイルです。内容のあるファイルを選んでください。',
  },
  'file-too-large': {
    status: 413,
    title: 'ファイルは1件3.5MBまでです。ページや画像を減らすか、いくつかのファイルに分けてください。',
  },
  'file-type': {
    status: 422,
    title:
      '受け付けられない種類のファイルです。PDF、Word（.docx）、Excel（.xlsx）、PNG、JPEG のいずれかにしてください。古い形式（.doc、.xls）は、保存し直すと使えます。',
  },
  'file-damaged': {
    status: 422,
    title: 'ファイルが途中で切れているか、壊れています。元のファイルを開いて保存し直し、もう一度選んでください。',
  },
  'file-macros': {
    status: 422,
    title: 'マクロを含むファイルは受け付けられません。マクロを含まない形式（.docx、.xlsx）で保存し直してください。',
  },
  'file-encrypted': {
    status: 422,
    title: 'パスワードや暗号で保護されたファイルは受け付けられません。保護を外して保存し直してください。',
  },
  'file-unscanned': {
    status: 409,
    title:
      'ファイルのウイルス検査が終わっていません。1分ほど待ってからもう一度お試しください。続く場合は県にお問い合わせください。',
  },
  'file-infected': {
    status: 409,
    title: 'ウイルスなどが検出されたファイルのため、取り出せません。回答から削除し、県にご連絡ください。',
  },
  'too-many-files': {
    status: 409,
    title: 'この回答に登録できるファイルの数を超えています。登録済みのファイルを使うか、県にお問い合わせください。',
  },
  'invalid-return': { status: 422, title: '提出できません。エラーと確認事項に対応してください。' },
  'invalid-directory': { status: 422, title: '名簿に誤りがあります。名簿は変更されていません。' },
  'invalid-round': { status: 422, title: '調査の設定に誤りがあります。調査は変更されていません。' },
  'invalid-workbook': {
    status: 422,
    title: 'Excelファイルに誤りがあります。何も保存されていません。表示されたセルを直してください。',
  },
  'invalid-form': { status: 422, title: '調査票に誤りがあります。調査票は保存されていません。' },
  'invalid-accounts': {
    status: 422,
    title: '利用者の内容に誤りがあります。何も変更していません。表示された項目を直してください。',
  },
  'held-by-provider': {
    status: 409,
    title:
      '氏名、パスワード及び認証アプリは、県の認証基盤で管理しています。ここで変更できるのは権限（区分と団体コード）だけです。',
  },
  'mail-limit': {
    status: 503,
    title: '本日送信できる招待メールの上限に達しました。明日、もう一度お試しください。',
  },
  'invalid-report-settings': { status: 422, title: '報告書の記載事項に誤りがあります。変更されていません。' },
  'invalid-round-texts': {
    status: 422,
    title: '依頼文又は記入要領に誤りがあります。変更されていません。表示された項目を直してください。',
  },
  'invalid-share': { status: 422, title: '共有の内容に誤りがあります。リンクは作成されていません。' },
  'too-many-shares': {
    status: 409,
    title: '使えるリンクの数が上限（20件）に達しています。使わないリンクを取り消してください。',
  },
  'share-ended': {
    status: 410,
    title:
      'この共有のリンクは使えなくなりました。期限を過ぎたか、取り消されたか、回答が提出されています。引き続き入力が必要なときは、リンクを送った担当者にお問い合わせください。',
  },
  'invalid-message': { status: 422, title: '本文に誤りがあります。送信されていません。' },
  'too-many-messages': {
    status: 409,
    title:
      'この回答についての件数が上限に達しています。質問は県に直接お問い合わせください。コメントは不要なものを削除してください。',
  },
  'invalid-contact': {
    status: 422,
    title: '連絡先に誤りがあります。変更されていません。表示された項目を直してください。',
  },
  'invalid-note': {
    status: 422,
    title: 'メモの内容に誤りがあります。保存されていません。表示された項目を直してください。',
  },
  'invalid-mail': {
    status: 422,
    title: 'メールの指定に誤りがあります。何も送信・変更されていません。表示された項目を直してください。',
  },
  'invalid-prefilled': {
    status: 422,
    title: '県の把握している値に誤りがあります。変更されていません。表示された項目を直してください。',
  },
  'invalid-decision': { status: 422, title: '確認結果の内容に誤りがあります。表示された項目を直してください。' },
  'invalid-exception': {
    status: 422,
    title: '期限の延長又は回答なしの内容に誤りがあります。変更されていません。表示された項目を直してください。',
  },
  'idempotency-key-reused': { status: 422, title: '同じ Idempotency-Key が別の内容に使われています。' },
  'precondition-required': {
    status: 428,
    title: '上書きを防ぐため、If-Match（初回は If-None-Match: *）を付けてください。',
  },
  'precondition-failed': {
    status: 412,
    title: '表示後に他の人が保存しました。最新の内容を確認してから保存してください。',
  },
  'not-open': { status: 409, title: '受付開始前です。受付開始の日時を確認してください。' },
  closed: { status: 409, title: '受付は終了しました。県にお問い合わせください。' },
  'not-editable': { status: 409, title: '提出済みのため編集できません。修正する場合は取り下げてください。' },
  'nothing-to-submit': { status: 409, title: 'まだ何も保存されていません。先に回答を保存してください。' },
  'nothing-to-take-over': { status: 409, title: '転記できる前回の回答がありません。' },
  'approval-required': {
    status: 409,
    title:
      '提出の前に、他の担当者の承認が必要です。入力した内容は保存しました。承認の後に保存すると、承認は無効になります。',
  },
  'approval-by-saver': {
    status: 409,
    title:
      '最後に保存した人（共有のリンクから保存された場合は、そのリンクを作成した人）は承認できません。別の担当者が、内容を確認して承認してください。',
  },
  'already-submitted': { status: 409, title: 'すでに提出されています。提出の記録を確認してください。' },
  'already-withdrawn': {
    status: 409,
    title:
      'この操作で行った提出は、その後、取下げ又は差戻しになっています。内容を確認し、もう一度提出してください（APIでは新しい Idempotency-Key を付けてください）。',
  },
  'not-submitted': {
    status: 409,
    title: '提出されていないか、すでに確認結果が出ています。最新の状態を確認してください。',
  },
  'not-current-version': { status: 409, title: '現在の版ではありません。最新の状態を確認してください。' },
  'already-accepted': { status: 409, title: 'すでに確認済です。最新の状態を確認してください。' },
  'acceptance-stands': {
    status: 409,
    title:
      'この確認済は取り消せません。確認済の後に公表版を確定した回答と、過去の年度から取り込んだ回答は、訂正のための差戻しをしてください。',
  },
  'form-adopted': {
    status: 409,
    title: 'この調査票は採用されているため、変更できません。版を別の番号にして保存してください。',
  },
  'round-in-use': { status: 409, title: 'すでに回答があるため、この変更はできません。' },
  'round-disposed': { status: 410, title: '保存期間が満了したため、この調査の回答は廃棄されています。' },
  'round-removed': { status: 410, title: 'この調査は県により削除されています。必要な場合は県にお問い合わせください。' },
  'unit-ended': {
    status: 409,
    title:
      '合併などにより、この調査の対象ではなくなった団体の回答です。読むことだけができます。合併等の後の市町村の回答に入力してください。',
  },
  'no-directory': { status: 409, title: '名簿が登録されていません。先に名簿を登録してください。' },
  'directory-changed': { status: 409, title: '同時に名簿が変更されました。もう一度お試しください。' },
  'export-running': { status: 409, title: 'この調査の出力は実行中です。終わるまでお待ちください。' },
  'export-not-done': { status: 409, title: 'この出力は完了していません。完了した出力を選んでください。' },
  'publication-running': { status: 409, title: '公表の処理中です。終わるまでお待ちください。' },
  'already-published': { status: 409, title: 'この出力はすでに公表版になっています。' },
  'nothing-to-publish': {
    status: 409,
    title:
      'この出力には確認済の回答がないため、公表できません。回答を確認済にしてから新しい出力を行い、それを公表してください。',
  },
  'older-than-published': {
    status: 409,
    title:
      'この出力の後に公表版が確定し、又は公表が取りやめられたため、この出力は公表できません。新しい出力を行い、それを公表してください。',
  },
  'edition-withdrawn': { status: 410, title: 'この版は、公表を取りやめています。' },
  'address-not-offered': {
    status: 409,
    title: 'このシステムは接続元を限っているため、公開用アドレスを使用できません。',
  },
  'site-closed': {
    status: 503,
    title:
      '現在、このサイトは県の担当者のみ利用できます。保存済みの回答は失われていません。再開については県にお問い合わせください。',
  },
  blocked: {
    status: 403,
    title:
      '通信の内容が安全対策により受け付けられませんでした。操作をやり直しても同じ場合は、県にお問い合わせください。',
  },
  'network-not-allowed': {
    status: 403,
    title: 'この接続元からは利用できません。許可されたネットワークから接続してください。',
  },
  'too-many-requests': {
    status: 429,
    title: '同じ接続元からの通信が多すぎるため、一時的に受け付けていません。5分ほど待ってからもう一度お試しください。',
  },
  busy: { status: 503, title: '混み合っています。しばらくしてからもう一度お試しください。' },
  'range-not-satisfiable': { status: 416, title: '指定された範囲は、ファイルの大きさを超えています。' },
  unavailable: {
    status: 503,
    title: '必要な情報を一時的に取得できません。しばらくしてからもう一度お試しください。',
  },
  'form-not-deployed': {
    status: 503,
    title: 'この調査が使う調査票の版は、現在のシステムにありません。県の担当者は、システムの版を確認してください。',
  },
  internal: { status: 500, title: '内部エラーが発生しました。時間をおいて再度お試しください。' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;

/**
 * One thing wrong at one question. `check` is the key to put into `reasons` when an edit check asks for one; `cell` is
 * where it stands in the workbook that was sent, such as `設問!G14`, and empty for the whole file.
 */
export interface FieldError {
  readonly path: string;
  readonly code: string;
  readonly message: string;
  readonly check?: string;
  readonly cell?: string;
}

/** Members a problem carries besides its code. */
export interface ProblemDetails {
  readonly detail?: string;
  readonly errors?: readonly FieldError[];
  readonly receipt?: string;
  readonly version?: number;
  readonly exportId?: string;
  readonly retryAfterSeconds?: number;
}

/** A refusal on its way to the caller. Domain code returns it; the edge turns it into a response. */
export interface Problem extends ProblemDetails {
  readonly code: ProblemCode;
}
