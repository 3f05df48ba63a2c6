/** The table that a run prints: what was measured, the figure, and the aim beside it. */

export interface Row {
  readonly what: string;
  readonly figure: string;
  /** Empty where there is none. */
  readonly aim: string;
  /** Absent where there is no aim. */
  readonly met?: boolean;
}

/** A ratio, with its aim when it has one. */
export function ratioRow(what: string, figure: number, atMost?: number): Row {
  const shown = `${figure.toFixed(2)} ×`;
  return atMost === undefined
    ? { what, figure: shown, aim: '' }
    : { what, figure: shown, aim: `≤ ${atMost}`, met: figure <= atMost };
}

/** Lines of the table, its columns aligned. */
export function printTable(title: string, rows: readonly Row[]): string {
  const width = Math.max(...rows.map(({ what }) => what.length));
  const lines = rows.map(({ what, figure, aim, met }) =>
    `  ${what.padEnd(width)}  ${figure.padStart(10)}  ${aim.padEnd(6)} ${met === undefined ? '' : met ? 'met' : 'MISSED'}`.trimEnd(),
  );
  return `${title}\n${lines.join('\n')}\n\n`;
}
