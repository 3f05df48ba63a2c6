/** What the script makes possible, shown by it. */

interface PasteHintProps {
  /** Whether Enter goes on to the next row. */
  readonly hasRows?: boolean;
}

export function PasteHint({ hasRows = false }: PasteHintProps) {
  return (
    <p class="hint" data-scripted hidden>
      {hasRows && 'Enterで次の行へ進みます（改行はShift＋Enter）。'}
      Excel等で複写した複数のセルを、まとめて貼り付けられます。
    </p>
  );
}
