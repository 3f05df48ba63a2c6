/** The bodies (会議体) of a council as the report shows them, read from its answers. */

import { isObject } from '../../../schemas/json.ts';
import type { JsonObject } from '../../../schemas/json.ts';
import type { Item, Form } from '../../../schemas/form.ts';
import type { Body } from '../../../schemas/forms/council-report/body.ts';
import { compositionTotal, isSubcommittee } from '../../../schemas/forms/council-report/body.ts';
import { placements } from '../../../schemas/forms/council-report/functions.ts';
import type { Answers, Json } from '../../../schemas/return.ts';
import { printCount } from '../../../schemas/values/count.ts';
import { frequency, printFrequency } from '../../../schemas/values/frequency.ts';
import { namedEntries } from '../answers.ts';
import { notAnswered } from '../print-answer.ts';
import { heading } from './document.ts';
import type { Block, Structure, StructureNode, Table } from './document.ts';

export interface ReportedBody extends Body {
  readonly name: string;
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function countOrNull(value: Json | undefined): number | null | undefined {
  return typeof value === 'number' || value === null ? value : undefined;
}

function counts(value: Json | undefined): Record<string, number> | undefined {
  if (!isObject(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]): [string, number][] => (typeof each === 'number' ? [[key, each]] : [])),
  );
}

/** Leaves out what is absent, so that it stays apart from `null`. */
function present<T extends object>(fields: T): T {
  for (const key of Object.keys(fields))
    if (Reflect.get(fields, key) === undefined) Reflect.deleteProperty(fields, key);
  return fields;
}

function bodyOf(id: string, entry: JsonObject): ReportedBody {
  const planned = entry['planned'] === undefined ? undefined : frequency.safeParse(entry['planned']).data;
  const functions = Array.isArray(entry['functions'])
    ? entry['functions'].filter((each) => typeof each === 'string')
    : undefined;
  return present({
    id,
    name: text(entry['name']) ?? notAnswered,
    kind: text(entry['kind']),
    countedAsSubcommittee: text(entry['countedAsSubcommittee']),
    parent: text(entry['parent']),
    tier: text(entry['tier']),
    functions,
    planned,
    meetings: countOrNull(entry['meetings']),
    members: countOrNull(entry['members']),
    composition: counts(entry['composition']),
  });
}

export function bodiesOf(answers: Answers): ReportedBody[] {
  return namedEntries(answers['bodies']).map(({ name, entry }) => bodyOf(name, entry));
}

/** Labels of the questions and options of a body. */
class BodyLabels {
  readonly #form: Form;

  constructor(form: Form) {
    this.#form = form;
  }

  option(question: string, code: string | undefined): string {
    const definition = this.#form.items.get(`bodies.${question}`)?.definition;
    if (code === undefined || definition?.kind !== 'choice') return '';
    return Object.hasOwn(definition.options, code) ? (definition.options[code] ?? code) : code;
  }

  categories(): readonly Item[] {
    return this.#form.items.get('bodies.composition')?.children ?? [];
  }
}

function printed(value: number | null | undefined): string {
  return value === undefined ? notAnswered : printCount(value);
}

function bodyTable(caption: string, bodies: readonly ReportedBody[], labels: BodyLabels): Table {
  const names = new Map(bodies.map(({ id, name }) => [id, name]));
  return {
    kind: 'table',
    caption: `${caption}：会議体`,
    columns: [
      { label: '名称' },
      { label: '種別' },
      { label: '上位の会議体' },
      { label: '専門部会等' },
      { label: '開催計画' },
      { label: '開催回数（回）', isNumber: true },
      { label: '委員数（人）', isNumber: true },
    ],
    rows: bodies.map((body) => [
      body.name,
      [labels.option('kind', body.kind), labels.option('tier', body.tier)].filter((each) => each !== '').join('・'),
      body.parent === undefined ? '' : (names.get(body.parent) ?? body.parent),
      isSubcommittee(body) ? '○' : '',
      body.planned === undefined ? '' : printFrequency(body.planned),
      printed(body.meetings),
      printed(body.members),
    ]),
  };
}

/** Categories nobody is of are left out; so is the table when no body answers. */
function compositionTable(caption: string, bodies: readonly ReportedBody[], labels: BodyLabels): Table[] {
  const answered = bodies.filter((body) => compositionTotal(body) !== undefined);
  const used = labels
    .categories()
    .filter(({ key }) => answered.some(({ composition }) => (composition?.[key] ?? 0) > 0));
  if (used.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: `${caption}：委員構成（人）`,
      columns: [{ label: '種別' }, ...answered.map(({ name }) => ({ label: name, isNumber: true }))],
      rows: [
        ...used.map(({ key, definition }) => [
          definition.label,
          ...answered.map(({ composition }) => (composition?.[key] === undefined ? '' : printCount(composition[key]))),
        ]),
        ['計', ...answered.map((body) => printCount(compositionTotal(body) ?? 0))],
      ],
      isDense: answered.length > 5,
    },
  ];
}

/** ○ where a body has a function; only once any body has answered. */
function functionMatrix(caption: string, bodies: readonly ReportedBody[], form: Form): Table[] {
  const answered = bodies.filter(({ functions }) => functions !== undefined);
  const definition = form.items.get('bodies.functions')?.definition;
  if (answered.length === 0 || definition?.kind !== 'choices') return [];
  const numbers = new Map<string, string>(placements.map(({ id, number }) => [id, number]));
  return [
    {
      kind: 'table',
      caption: `${caption}：担う機能`,
      columns: [{ label: '機能' }, ...answered.map(({ name }) => ({ label: name }))],
      rows: Object.entries(definition.options).map(([code, label]) => [
        `${numbers.get(code) ?? ''}${label}`,
        ...answered.map(({ functions = [] }) => (functions.includes(code) ? '○' : '')),
      ]),
      isDense: answered.length > 5,
    },
  ];
}

/** The only plenary body: what belongs to nothing else reports to it. */
function topOf(bodies: readonly ReportedBody[]): string | undefined {
  const [top, another] = bodies.filter(({ kind }) => kind === 'plenary');
  return another === undefined ? top?.id : undefined;
}

/**
 * The bodies as a tree, each below its parent in the order of the return; without one, below the plenary body. One whose
 * parent is not there, or that would stand below itself, stands at the top.
 */
export function structureNodes(
  bodies: readonly ReportedBody[],
  kindOf: (body: ReportedBody) => string,
): StructureNode[] {
  const ids = new Set(bodies.map(({ id }) => id));
  const nodes: StructureNode[] = [];
  const placed = new Set<string>();
  const top = topOf(bodies);
  const parentOf = ({ id, parent }: ReportedBody): string | undefined => {
    if (parent !== undefined) return ids.has(parent) ? parent : undefined;
    return id === top ? undefined : top;
  };
  const place = (body: ReportedBody, depth: number, parent: number | undefined): void => {
    if (placed.has(body.id)) return;
    placed.add(body.id);
    const index = nodes.length;
    nodes.push({ name: body.name, kind: kindOf(body), depth, ...(parent === undefined ? {} : { parent }) });
    for (const child of bodies) if (parentOf(child) === body.id) place(child, depth + 1, index);
  };
  for (const body of bodies) if (parentOf(body) === undefined) place(body, 0, undefined);
  for (const body of bodies) place(body, 0, undefined);
  return nodes;
}

function structure(name: string, bodies: readonly ReportedBody[], labels: BodyLabels): Structure[] {
  if (bodies.length === 0) return [];
  const nodes = structureNodes(bodies, ({ kind }) => labels.option('kind', kind));
  return [{ kind: 'structure', title: `${name}の組織図`, nodes }];
}

/** 参考資料2 of one council: its bodies, their composition, the organisation chart and who has which function. */
export function councilBlocks(
  form: Form,
  name: string,
  members: readonly string[],
  answers: Answers,
): Exclude<Block, { kind: 'bars' }>[] {
  const bodies = bodiesOf(answers);
  const labels = new BodyLabels(form);
  const title = members.length > 1 ? `${name}（${members.join('、')}）` : name;
  return [
    heading('item', title),
    ...structure(name, bodies, labels),
    bodyTable(name, bodies, labels),
    ...compositionTable(name, bodies, labels),
    ...functionMatrix(name, bodies, form),
  ];
}
