/**
 * 廃置分合: municipalities merged, divided or made a city on a day, with their councils adjusted in the same step. Who ends
 * stays in the directory with its last day and its successors. Pure.
 */

import { directory as directorySchema } from '../../schemas/directory.ts';
import type { Council, Directory, Municipality } from '../../schemas/directory.ts';
import { standingOn } from '../../schemas/directory-on-day.ts';
import type { FieldError } from '../../schemas/problem.ts';
import { dayBefore } from '../../schemas/values/calendar.ts';

/** The council that begins with a reorganisation, where councils are merged into one; before it has an id. */
export const newCouncil = 'new';

export interface CouncilChoice {
  /** 続ける, 終える, 他の協議会に統合する. */
  readonly does: 'keep' | 'end' | 'merge';
  /** The council that it is merged into, or `new`. */
  readonly into?: string | undefined;
  /** Who answers for it, where the municipality that did has several successors. */
  readonly lead?: string | undefined;
}

export interface Reorganisation {
  /** The first day on which everything is as afterwards. */
  readonly day: string;
  /** The municipalities that end, each with those that come after it. */
  readonly ended: ReadonlyMap<string, readonly string[]>;
  readonly begun: readonly Municipality[];
  /** Municipalities that stay and have another name or kind from that day. */
  readonly changed: readonly Municipality[];
  /** By the council's id; who is not named is kept. */
  readonly councils: ReadonlyMap<string, CouncilChoice>;
  readonly newCouncil?: { readonly name: string; readonly lead?: string | undefined } | undefined;
}

export type Reorganised =
  | { readonly ok: true; readonly directory: Directory }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

interface Fields {
  readonly code: string;
  readonly path: string;
  readonly message: string;
}

class Reorganising {
  readonly errors: Fields[] = [];
  readonly #before: Directory;
  readonly #plan: Reorganisation;
  readonly #names: ReadonlyMap<string, string>;

  constructor(before: Directory, plan: Reorganisation) {
    this.#before = before;
    this.#plan = plan;
    this.#names = new Map([...before.municipalities, ...plan.begun].map(({ code, name }) => [code, name]));
  }

  #nameOf(code: string): string {
    return this.#names.get(code) ?? code;
  }

  #endOf(code: string): string | undefined {
    return this.#before.municipalities.find((each) => each.code === code)?.validTo;
  }

  check(): void {
    const { ended, begun, changed, day } = this.#plan;
    const standing = new Set(standingOn(this.#before, day).municipalities.map(({ code }) => code));
    const known = new Set(this.#before.municipalities.map(({ code }) => code));
    const after = new Set([...standing, ...begun.map(({ code }) => code)].filter((code) => !ended.has(code)));
    for (const [code, successors] of ended) {
      const path = `ended.${code}`;
      const name = this.#nameOf(code);
      if (!standing.has(code))
        this.errors.push({
          path,
          code: 'not-in-force',
          message: `「${name}」は、その日の名簿で有効な市町村ではありません。`,
        });
      for (const successor of successors)
        if (!after.has(successor)) {
          const message = `「${name}」の後の市町村「${this.#nameOf(successor)}」は、その日の名簿で有効な市町村ではありません。`;
          this.errors.push({ path, code: 'unknown-successor', message });
        }
    }
    for (const { code } of begun) {
      const [had, endsOn] = [known.has(code), this.#endOf(code)];
      // One that ended may come back later under its code.
      if (had && (endsOn === undefined || endsOn >= day)) {
        const message = `団体コード ${code} は名簿に「${this.#before.municipalities.find((each) => each.code === code)?.name}」としてあります。同じコードが続く場合は、その市町村を合併後の市町村として選んでください。`;
        this.errors.push({ path: `begun.${code}`, code: 'duplicate', message });
      }
    }
    for (const { code } of changed)
      if (!after.has(code)) {
        const message = `「${this.#nameOf(code)}」は、その日の名簿で有効な市町村ではありません。`;
        this.errors.push({ path: `changed.${code}`, code: 'not-in-force', message });
      }
  }

  municipalities(): Municipality[] {
    const { ended, begun, changed, day } = this.#plan;
    const changes = new Map(changed.map((each) => [each.code, each]));
    const waiting = new Map(
      begun.map((each) => [each.code, { ...this.#inherited(each.code), ...each, validFrom: day }]),
    );
    /** A new one stands where its first predecessor does. */
    const beside = (codes: readonly string[]): Municipality[] =>
      codes.flatMap((code) => {
        const found = waiting.get(code);
        waiting.delete(code);
        return found ?? [];
      });
    const back = new Set(waiting.keys());
    const listed = this.#before.municipalities.flatMap((each): Municipality[] => {
      if (back.has(each.code)) return beside([each.code]);
      const successors = ended.get(each.code);
      if (successors === undefined) return [this.#joined(changedTo(each, changes.get(each.code)))];
      return [...beside(successors), { ...each, validTo: dayBefore(day), successors: [...successors] }];
    });
    return [...listed, ...waiting.values()];
  }

  /** Those that end, with who comes after them being this one alone, or this one among others. */
  #mergedInto(code: string): { readonly merged: readonly Municipality[]; readonly isDivided: boolean } {
    const of = this.#before.municipalities.filter((each) => this.#plan.ended.get(each.code)?.includes(code) === true);
    return { merged: of, isDivided: of.some((each) => (this.#plan.ended.get(each.code)?.length ?? 0) > 1) };
  }

  /** Of those merged into a new one: the classes that all have, and their populations where they are of the same day. */
  #inherited(code: string): Pick<Municipality, 'population' | 'classes'> {
    const { merged, isDivided } = this.#mergedInto(code);
    const [first, ...others] = merged;
    if (first === undefined) return {};
    const shared = Object.entries(first.classes ?? {}).filter(([id, value]) =>
      others.every(({ classes = {} }) => classes[id] === value),
    );
    return {
      ...(shared.length === 0 ? {} : { classes: Object.fromEntries(shared) }),
      ...(isDivided ? {} : populationOf(merged)),
    };
  }

  /** One that others are merged into has their people too; where these are not known, nothing is said of how many. */
  #joined(stays: Municipality): Municipality {
    const { merged, isDivided } = this.#mergedInto(stays.code);
    if (merged.length === 0) return stays;
    const { population: _before, ...rest } = stays;
    return { ...rest, ...(isDivided ? {} : populationOf([stays, ...merged])) };
  }

  #replaced(codes: readonly string[]): string[] {
    return [...new Set(codes.flatMap((code) => this.#plan.ended.get(code) ?? [code]))];
  }

  #leadOf(path: string, name: string, before: string, chosen: string | undefined): string {
    if (chosen !== undefined) return chosen;
    const [only, ...others] = this.#plan.ended.get(before) ?? [before];
    if (only !== undefined && others.length === 0) return only;
    this.errors.push({ path, code: 'required', message: `「${name}」の事務局を選んでください。` });
    return before;
  }

  councils(): Council[] {
    const { day, councils: choices, newCouncil: wanted } = this.#plan;
    const { councils } = this.#before;
    const touched = new Map(touchedCouncils(this.#before, this.#plan).map((each) => [each.id, each]));
    const merged = new Map<string, Council[]>();
    const known = new Map(councils.map((each) => [each.id, each]));
    for (const each of touched.values()) {
      const { does, into } = choices.get(each.id) ?? { does: 'keep' };
      if (does !== 'merge') continue;
      const target = into === undefined ? undefined : known.get(into);
      const isTarget =
        into === newCouncil ? wanted !== undefined : target !== undefined && isOpen(target, day) && this.#stays(target);
      if (into === undefined || into === each.id || !isTarget) {
        const message = `「${each.name}」を統合する先の協議会を選んでください。`;
        this.errors.push({ path: `council.${each.id}`, code: 'required', message });
      } else merged.set(into, [...(merged.get(into) ?? []), each]);
    }
    const joining = merged.get(newCouncil) ?? [];
    const begun = wanted === undefined || joining.length === 0 ? undefined : this.#begun(wanted, joining);
    const last = dayBefore(day);
    const adjusted = councils.map((each): Council => {
      const choice = choices.get(each.id) ?? { does: 'keep' };
      if (touched.has(each.id) && choice.does === 'end') return { ...each, validTo: last };
      if (touched.has(each.id) && choice.does === 'merge') {
        const into = choice.into === newCouncil ? begun?.id : choice.into;
        return { ...each, validTo: last, ...(into === undefined ? {} : { successors: [into] }) };
      }
      const joined = merged.get(each.id) ?? [];
      if (!touched.has(each.id) && joined.length === 0) return each;
      const members = this.#replaced([each, ...joined].flatMap((one) => one.members));
      return { ...each, members, lead: this.#leadOf(`lead.${each.id}`, each.name, each.lead, choice.lead) };
    });
    return begun === undefined ? adjusted : [...adjusted, begun];
  }

  /** Other units are in the one that came after their municipality; of a divided one nobody knows in which part. */
  units(): Pick<Directory, 'units'> {
    const { units } = this.#before;
    const moved = units?.map((each) => {
      const [only, ...others] = this.#plan.ended.get(each.municipality ?? '') ?? [];
      return only === undefined || others.length > 0 ? each : { ...each, municipality: only };
    });
    return moved === undefined ? {} : { units: moved };
  }

  #stays({ id }: Council): boolean {
    return (this.#plan.councils.get(id)?.does ?? 'keep') === 'keep';
  }

  #begun({ name, lead }: NonNullable<Reorganisation['newCouncil']>, joining: readonly Council[]): Council {
    const members = this.#replaced(joining.flatMap((each) => each.members));
    const leads = [...new Set(joining.map((each) => each.lead))];
    const first = this.#replaced(leads);
    const [only, ...others] = lead === undefined ? first : [lead];
    if (only === undefined || others.length > 0)
      this.errors.push({
        path: `lead.${newCouncil}`,
        code: 'required',
        message: '新しい協議会の事務局を選んでください。',
      });
    const answering = only ?? members[0] ?? '';
    return { id: councilIdFor(this.#before, answering), name, members, lead: answering, validFrom: this.#plan.day };
  }
}

/** Of all together, where each is known, as of the same day. */
function populationOf(all: readonly Municipality[]): Pick<Municipality, 'population'> {
  const known = all.flatMap(({ population }) => population ?? []);
  const on = known[0]?.on;
  if (on === undefined || known.length < all.length || known.some((each) => each.on !== on)) return {};
  return { population: { number: known.reduce((sum, { number }) => sum + number, 0), on } };
}

function changedTo(before: Municipality, change: Municipality | undefined): Municipality {
  if (change === undefined) return before;
  const { welfareOffice: _office, ...rest } = before;
  const { name, kind, welfareOffice } = change;
  return { ...rest, name, kind, ...(welfareOffice === undefined ? {} : { welfareOffice }) };
}

/** Whether a council has not ended by a day; it may begin later. */
function isOpen({ validTo }: Council, day: string): boolean {
  return validTo === undefined || validTo >= day;
}

/** An id for a council that nobody gave one, after who answers for it. */
export function councilIdFor(
  { councils }: { readonly councils: readonly Pick<Council, 'id'>[] },
  lead: string,
): string {
  const taken = new Set(councils.map(({ id }) => id));
  const stem = `council-${lead}`;
  let id = stem;
  for (let number = 2; taken.has(id); number += 1) id = `${stem}-${number}`;
  return id;
}

/** The councils that have a member that ends. */
export function touchedCouncils(
  before: Directory,
  { day, ended }: Pick<Reorganisation, 'day' | 'ended'>,
): readonly Council[] {
  return before.councils.filter((each) => isOpen(each, day) && each.members.some((member) => ended.has(member)));
}

/** The directory from the day on; refused with what has to be chosen, or what contradicts it. */
export function reorganise(before: Directory, plan: Reorganisation): Reorganised {
  const work = new Reorganising(before, plan);
  work.check();
  if (work.errors.length > 0) return { ok: false, errors: work.errors };
  const candidate = { ...before, municipalities: work.municipalities(), councils: work.councils(), ...work.units() };
  if (work.errors.length > 0) return { ok: false, errors: work.errors };
  const { validFrom = plan.day } = before;
  const parsed = directorySchema.safeParse({ ...candidate, validFrom: validFrom > plan.day ? validFrom : plan.day });
  if (parsed.success) return { ok: true, directory: parsed.data };
  return {
    ok: false,
    errors: parsed.error.issues.map(({ path, code, message }) => ({ path: path.join('.'), code, message })),
  };
}
