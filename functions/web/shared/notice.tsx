import type { Child } from 'hono/jsx';

const labels = { info: 'お知らせ', success: '完了', warning: '注意' } as const;

interface NoticeProps {
  readonly kind: keyof typeof labels;
  readonly title: string;
  readonly children?: Child;
}

/** Something to know before reading on. What just happened (`success`) is announced. */
export function Notice({ kind, title, children }: NoticeProps) {
  return (
    <div class={`notice notice--${kind}`} role={kind === 'success' ? 'status' : undefined}>
      <p class="notice__title">
        <span class="notice__label">{labels[kind]}</span>
        {title}
      </p>
      {children === undefined ? '' : <div class="notice__body">{children}</div>}
    </div>
  );
}

/** Says of a page of the log, the tracker or the summary that it lacks changes which have no number yet. */
export function Behind({ isBehind }: { readonly isBehind: true | undefined }) {
  if (isBehind === undefined) return <></>;
  return (
    <Notice kind="warning" title="直前の変更の一部が、まだ表示されていません。">
      <p>変更が集中しています。変更は保存されています。少し待ってから、このページを開き直してください。</p>
    </Notice>
  );
}
