/** An organisation chart as SVG: one box per body, each below and to the right of the one it belongs to. */

import type { Structure, StructureNode } from '../../domain/report/document.ts';
import { escapeText } from '../../platform/escape-text.ts';

const rowHeight = 34;
const boxHeight = 26;
const boxWidth = 330;
const step = 28;
/** Deeper entries stand under each other, so that the chart keeps to the page. */
export const deepest = 10;
const mostCharacters = 24;

function left({ depth }: StructureNode): number {
  return 4 + Math.min(depth, deepest) * step;
}

function shortened(text: string): string {
  const characters = Array.from(text.slice(0, 200));
  return characters.length <= mostCharacters ? text : `${characters.slice(0, mostCharacters - 1).join('')}…`;
}

/** The name of a body with its kind, which is left out where the name says it already. */
export function bodyLabel({ name, kind }: StructureNode): string {
  return kind === '' || name.includes(kind) ? name : `${name}［${kind}］`;
}

function box(node: StructureNode, index: number): string {
  const x = left(node);
  const y = 4 + index * rowHeight;
  const weight = node.depth === 0 ? 'bold' : 'normal';
  return (
    `<rect x="${x}" y="${y}" width="${boxWidth}" height="${boxHeight}" fill="#fff" stroke="#000"/>` +
    `<text x="${x + 8}" y="${y + 17}" font-size="12" font-weight="${weight}">${escapeText(shortened(bodyLabel(node)))}</text>`
  );
}

/** From the lower left of the box above to the middle of the side of this one. */
function connector(node: StructureNode, index: number, nodes: readonly StructureNode[]): string {
  const parent = node.parent === undefined ? undefined : nodes[node.parent];
  if (parent === undefined || node.parent === undefined) return '';
  const x = left(parent) + step / 2;
  const from = 4 + node.parent * rowHeight + boxHeight;
  const to = 4 + index * rowHeight + boxHeight / 2;
  return `<path d="M${x} ${from}V${to}H${Math.max(x, left(node))}" fill="none" stroke="#000"/>`;
}

export function structureInWords({ title, nodes }: Structure): string {
  const parts = nodes.slice(0, 60).map(({ name, parent }) => {
    const above = parent === undefined ? undefined : nodes[parent]?.name;
    return above === undefined ? shortened(name) : `${shortened(name)}（上位：${shortened(above)}）`;
  });
  return `${title}。${parts.join('、')}`;
}

/** Its text equivalent is the column of the reference in the table of entries. */
export function structureSvg(structure: Structure): string {
  const { nodes } = structure;
  const width = Math.max(...nodes.map(left)) + boxWidth + 4;
  const height = nodes.length * rowHeight + 4;
  const drawn = nodes.map((node, index) => connector(node, index, nodes) + box(node, index)).join('');
  return `<svg role="img" aria-label="${escapeText(structureInWords(structure))}" xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif">${drawn}</svg>`;
}
