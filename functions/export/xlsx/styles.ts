/** The styles that cells of a workbook have, and the part that spells them. */

import { font } from '../../platform/workbook/workbook-text.ts';

interface CellStyle {
  readonly format: number;
  readonly isBold?: true;
  readonly isFilled?: true;
  /** To be filled in by whoever reads it. */
  readonly isInput?: true;
  readonly wraps?: true;
}

/** Numbers of formats; those below 164 are known to every program. Text has one too, so that a code that is edited stays one. */
const [general, hundredths, integer, text, share, day, minute] = [0, 2, 3, 49, 164, 165, 166];
const ownFormats: readonly (readonly [number, string])[] = [
  [share, '0.0'],
  [day, 'yyyy-mm-dd'],
  [minute, 'yyyy-mm-dd hh:mm'],
];

const styles = {
  none: { format: general },
  number: { format: general },
  count: { format: integer },
  share: { format: share },
  rate: { format: hundredths },
  text: { format: text },
  lines: { format: text, wraps: true },
  date: { format: day },
  time: { format: minute },
  header: { format: text, isBold: true, isFilled: true, wraps: true },
  label: { format: general, wraps: true },
  input: { format: text, isInput: true, wraps: true },
  heading: { format: text, isBold: true },
  total: { format: integer, isBold: true, isFilled: true },
  decimalTotal: { format: general, isBold: true, isFilled: true },
  totalLabel: { format: text, isBold: true, isFilled: true },
} as const satisfies Record<string, CellStyle>;

export type StyleName = keyof typeof styles;

export const styleNumbers: Readonly<Record<string, number>> = Object.fromEntries(
  Object.keys(styles).map((name, index) => [name, index]),
);

function list(name: string, elements: readonly string[]): string {
  return `<${name} count="${elements.length}">${elements.join('')}</${name}>`;
}

function xf({ format, isBold, isFilled, isInput, wraps }: CellStyle): string {
  const ids = `numFmtId="${format}" fontId="${isBold ? 1 : 0}" fillId="${isFilled ? 2 : isInput ? 3 : 0}" borderId="0" xfId="0"`;
  const applied = 'applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"';
  return `<xf ${ids} ${applied}><alignment vertical="top"${wraps ? ' wrapText="1"' : ''}/></xf>`;
}

const face = `<sz val="${font.size}"/><name val="${font.name}"/><family val="2"/><charset val="128"/>`;
const line = (side: string): string => `<${side} style="thin"><color rgb="FFBFBFBF"/></${side}>`;

export const stylesXml = [
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
  '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
  list(
    'numFmts',
    ownFormats.map(([id, code]) => `<numFmt numFmtId="${id}" formatCode="${code}"/>`),
  ),
  list('fonts', [`<font>${face}</font>`, `<font><b/>${face}</font>`]),
  list('fills', [
    '<fill><patternFill patternType="none"/></fill>',
    '<fill><patternFill patternType="gray125"/></fill>',
    '<fill><patternFill patternType="solid"><fgColor rgb="FFE6E6E6"/><bgColor indexed="64"/></patternFill></fill>',
    '<fill><patternFill patternType="solid"><fgColor rgb="FFFFF2CC"/><bgColor indexed="64"/></patternFill></fill>',
  ]),
  list('borders', ['<border><left/><right/><top/><bottom/><diagonal/></border>']),
  list('cellStyleXfs', ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>']),
  list('cellXfs', Object.values(styles).map(xf)),
  list('cellStyles', ['<cellStyle name="Normal" xfId="0" builtinId="0"/>']),
  // The lines of a table.
  list('dxfs', [`<dxf><border>${['left', 'right', 'top', 'bottom'].map(line).join('')}</border></dxf>`]),
  '</styleSheet>',
].join('');
