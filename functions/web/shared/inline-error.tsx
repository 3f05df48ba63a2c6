import type { JSX } from 'hono/jsx/jsx-runtime';

export function InlineError({ id, message }: { id: string; message: string }): JSX.Element {
  return (
    <p class="error-message" id={id}>
      <span class="error-message__label">エラー：</span>
      {message}
    </p>
  );
}
