/** The style sheet of `report.html`: readable on screen, and on A4 in black and white. */

export const reportStyle = `
@page { size: A4; margin: 18mm 16mm; @bottom-center { content: counter(page); font-size: 9pt; } }
@page wide { size: A4 landscape; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 60rem; background: #fff; color: #000; line-height: 1.6;
  font-family: "BIZ UDPGothic", "Yu Gothic", "Hiragino Sans", "Noto Sans CJK JP", sans-serif; overflow-wrap: anywhere; }
header { position: relative; border-bottom: 2px solid #000; margin-bottom: 1rem; }
h1 { font-size: 1.4rem; text-align: center; margin: .5rem 0; padding: 2rem 0 0; }
h2 { font-size: 1.25rem; margin: 1.5rem 0 1rem; }
.appendix { border-bottom: 1px solid #000; margin-top: 2.5rem; }
h3 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
h4 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
p { margin: .25rem 0; }
.number { position: absolute; top: 0; right: 0; border: 1px solid #000; padding: 0 .75rem; }
.occasion, .licence { text-align: right; }
.edition { text-align: center; font-size: 1.1rem; margin-bottom: .5rem; }
.status { text-align: center; font-weight: bold; margin-bottom: .5rem; }
.lines .i0 { padding-left: 1em; margin-top: .5rem; }
.lines .i1 { padding-left: 3em; text-indent: -1em; }
.lines .i2 { padding-left: 4em; text-indent: -1em; }
.table { overflow-x: auto; margin: .75rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
caption { text-align: left; font-weight: bold; padding: .25rem 0; }
th, td { border: 1px solid #555; padding: .15rem .4rem; text-align: left; vertical-align: top; font-weight: normal; }
thead th { background: #eee; font-weight: bold; min-width: 3em; }
tbody th { min-width: 6em; }
th.n, td.n { text-align: right; }
td { min-width: 5em; }
td.s { min-width: 0; white-space: nowrap; }
table.dense { font-size: .75rem; }
table.dense th, table.dense td { padding: .1rem .25rem; }
figure { margin: .5rem 0 1rem; }
figcaption { font-weight: bold; font-size: .9rem; }
svg { max-width: 100%; height: auto; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  .appendix { break-before: page; margin-top: 0; }
  h1, h2, h3, h4, caption { break-after: avoid; }
  .table { overflow: visible; }
  .wide, h2:has(+ .wide) { page: wide; }
  thead { display: table-header-group; break-after: avoid; }
  tbody tr:first-child { break-before: avoid; }
  tr, figure, .short, .together { break-inside: avoid; }
  .lines .i0 { break-after: avoid; }
  /* A chart stands with its table. */
  .table:has(+ figure) { break-after: avoid; }
  figure { break-before: avoid; }
  thead th { print-color-adjust: exact; }
  table { font-size: 8.5pt; line-height: 1.35; }
  th, td { padding: .05rem .3rem; }
  .table { margin: .4rem 0; }
  figure { margin: .2rem 0 .6rem; }
  h3 { margin: .9rem 0 .3rem; }
  h4 { margin: .7rem 0 .2rem; }
  table.dense { font-size: 6.5pt; }
  .wide table.dense { font-size: 7.5pt; }
}
`;
