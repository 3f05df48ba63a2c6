/** Said where a form shows what was typed before its session ended. */

import { Notice } from './notice.tsx';

export function RecoveredNotice() {
  return (
    <Notice kind="warning" title="入力内容はまだ保存されていません。">
      <p>サインインし直す前に入力された内容を表示しています。確認して保存してください。</p>
    </Notice>
  );
}
