/** A QR code as a picture in the page: nothing is loaded for it, and no other host is told what it says. */

import { encodeQR } from 'qr';

/** Modules around the code that stay light, so that cameras find it. */
const border = 4;

/** Each run of dark modules of a line, as a rectangle. */
function darkRuns(rows: readonly (readonly boolean[])[]): string {
  return rows
    .flatMap((row, y) =>
      row.flatMap((isDark, x) => {
        if (!isDark || row[x - 1] === true) return [];
        const end = row.indexOf(false, x);
        const length = (end === -1 ? row.length : end) - x;
        return [`M${x} ${y}h${length}v1h-${length}z`];
      }),
    )
    .join('');
}

/** @param label what it is for, to those who do not see it */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const rows = encodeQR(text, 'raw', { border });
  return (
    <svg class="qr-code" viewBox={`0 0 ${rows.length} ${rows.length}`} role="img" aria-label={label}>
      <rect width={rows.length} height={rows.length} fill="#fff" />
      <path d={darkRuns(rows)} fill="#000" />
    </svg>
  );
}
