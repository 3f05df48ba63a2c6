export function InlineError({ id, message }: { id: string; message: string }) {
  return (
    <p class="error-message" id={id}>
      <span class="error-message__label">エラー：</span>
      {message}
    </p>
  );
}
