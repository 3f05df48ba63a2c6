/** What AWS refuses, in words; anything else as it is. */

const explanations: ReadonlyMap<string, string> = new Map([
  ['CredentialsProviderError', 'AWSの認証情報がありません。この県のアカウントにサインインしてから実行してください。'],
  ['ExpiredTokenException', 'AWSの認証情報の期限が過ぎています。サインインし直してください。'],
  ['AccessDeniedException', 'この操作をする権限がありません。'],
  ['ResourceNotFoundException', 'その名前の表はありません。'],
  ['TableNotFoundException', 'その名前の表はありません。'],
  ['TableAlreadyExistsException', '復元先の名前の表が、すでにあります。別の名前を指定してください。'],
  ['InvalidRestoreTimeException', 'その日時には戻せません。過去35日以内で、5分以上前の日時を指定してください。'],
  ['PointInTimeRecoveryUnavailableException', 'この表では、過去の時点への復元が有効になっていません。'],
]);

export function explained(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const explanation = explanations.get(error.name);
  return explanation === undefined ? error : new Error(`${explanation}（${error.name}）`, { cause: error });
}
