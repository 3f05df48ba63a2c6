/** What the pages of a merger or division post: the plan as typed, and the plan with its councils. */

import * as z from 'zod';
import { kindNamed } from '../../../../schemas/directory.ts';
import type { Directory, Municipality } from '../../../../schemas/directory.ts';
import type { FieldError } from '../../../../schemas/problem.ts';
import { readMunicipalities } from '../../../domain/directory-names.ts';
import { newCouncil } from '../../../domain/reorganisation.ts';
import type { CouncilChoice, Reorganisation } from '../../../domain/reorganisation.ts';
import type { PostedForm } from '../../shared/posted-form.ts';

export const reorganisationKinds = { merger: '合併', division: '分割', city: '市制施行・町制施行' } as const;
export type ReorganisationKind = keyof typeof reorganisationKinds;

export function kindOfReorganisation(text: string | undefined): ReorganisationKind {
  return text === 'division' || text === 'city' ? text : 'merger';
}

/** How many new municipalities a form has room for. */
export const roomFor: Readonly<Record<ReorganisationKind, number>> = { merger: 1, division: 5, city: 1 };

type Text = PostedForm['text'];

/** A plan as it waits in a form, before its councils are chosen. */
const plan = z.strictObject({
  day: z.iso.date(),
  ended: z.array(z.tuple([z.string(), z.array(z.string())])),
  begun: z.array(z.custom<Municipality>((value) => typeof value === 'object' && value !== null)),
  changed: z.array(z.custom<Municipality>((value) => typeof value === 'object' && value !== null)),
});
export type WaitingPlan = z.infer<typeof plan>;

export function packPlan(waiting: WaitingPlan): string {
  return JSON.stringify(waiting);
}

export function unpackPlan(text: string): WaitingPlan | undefined {
  try {
    return plan.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function required(path: string, message: string): FieldError {
  return { path, code: 'required', message };
}

interface ReadNew {
  readonly begun: Municipality[];
  readonly errors: FieldError[];
}

/** The rows of new municipalities in which anything is typed. */
function readNew(text: Text, rows: number, codeOf: (typed: string) => string): ReadNew {
  const read: ReadNew = { begun: [], errors: [] };
  for (let row = 0; row < rows; row += 1) {
    const [code, name, kind, office] = ['code', 'name', 'kind', 'office'].map((field) => text(`begun.${row}.${field}`));
    if (!code && !name) continue;
    if (!code) read.errors.push(required(`begun.${row}.code`, `「${name}」の団体コードを入力してください。`));
    if (!name) read.errors.push(required(`begun.${row}.name`, `団体コード ${code} の名称を入力してください。`));
    const known = kindNamed(kind ?? '');
    if (known === undefined) read.errors.push(required(`begun.${row}.kind`, `「${name}」の区分を選んでください。`));
    if (code && name && known !== undefined)
      read.begun.push({
        code: codeOf(code),
        name,
        kind: known,
        ...(office ? { welfareOffice: office === '設置' } : {}),
      });
  }
  return read;
}

/** What the first page posts, on the directory as it stands on the day; `errors` by the names of its fields. */
export function readPlan(
  kind: ReorganisationKind,
  text: Text,
  standing: Directory,
  day: string,
): { readonly plan: WaitingPlan; readonly errors: readonly FieldError[] } {
  const from = readMunicipalities(standing, text('ending'), 'ending');
  const existing = kind === 'merger' ? readMunicipalities(standing, text('existing'), 'existing') : undefined;
  const { begun, errors } = readNew(
    text,
    roomFor[kind],
    (typed) => readMunicipalities(standing, typed, '').codes[0] ?? typed,
  );
  const into = existing?.codes[0];
  const after = into === undefined ? begun.map(({ code }) => code) : [into];
  const found = [...from.errors, ...(existing?.errors ?? []), ...errors];
  const codes = from.codes.filter((code) => code !== into);
  if (text('ending') === '') found.push(required('ending', '対象の市町村を入力してください。'));
  if (kind === 'merger' && into === undefined && codes.length === 1)
    found.push(required('ending', '合併する市町村を2つ以上入力してください。'));
  if (kind !== 'merger' && codes.length > 1) found.push(required('ending', '対象の市町村を1つ入力してください。'));
  if (into !== undefined && begun.length > 0)
    found.push(required('existing', '合併後の市町村は、既にある市町村か新しい市町村の一方だけを入力してください。'));
  if (errors.length === 0 && after.length < (kind === 'division' ? 2 : 1))
    found.push(
      required(
        kind === 'merger' ? 'existing' : 'begun.0.code',
        kind === 'division' ? '分割後の市町村を2つ以上入力してください。' : '後の市町村を入力してください。',
      ),
    );
  const ended = codes.map((code): [string, string[]] => [code, after]);
  return { plan: { day, ended, begun, changed: [] }, errors: found };
}

function choiceOf(posted: string, lead: string): CouncilChoice {
  const led = lead === '' ? {} : { lead };
  if (posted === 'end') return { does: 'end' };
  if (posted.startsWith('merge:')) return { does: 'merge', into: posted.slice('merge:'.length) };
  return { does: 'keep', ...led };
}

/** The plan with what was chosen for the councils. */
export function withCouncils(
  { day, ended, begun, changed }: WaitingPlan,
  councils: readonly { readonly id: string }[],
  text: Text,
): Reorganisation {
  const name = text('newCouncil');
  const lead = text(`lead.${newCouncil}`);
  return {
    day,
    ended: new Map(ended),
    begun,
    changed,
    councils: new Map(councils.map(({ id }) => [id, choiceOf(text(`council.${id}`), text(`lead.${id}`))])),
    ...(name === '' ? {} : { newCouncil: { name, ...(lead === '' ? {} : { lead }) } }),
  };
}
