/** Rows of a spreadsheet of the directory for units of kinds that the prefecture has added: `種類：相談支援事業所`. */

import type { Directory, OtherUnit } from '../../../../schemas/directory.ts';
import type { Spanned } from '../../../../schemas/directory-spans.ts';
import type { Description } from '../../../domain/directory-description.ts';
import { headingAsRead } from '../../../platform/workbook/sheet-table.ts';
import { freeId } from '../../../domain/directory-class-edits.ts';
import { dateCells } from './date-columns.ts';
import { descriptionCells } from './description-columns.ts';

type Kinds = NonNullable<Directory['kinds']>;

const prefix = '種類：';
const itself = '自ら回答';

export function isOtherUnit(rowKind: string): boolean {
  return headingAsRead(rowKind).startsWith(headingAsRead(prefix));
}

/** In the columns of the directory's spreadsheet. */
export function otherUnitRows(directory: Directory): string[][] {
  const labels = new Map(directory.kinds?.map(({ id, label }) => [id, label]));
  return (directory.units ?? []).map(({ kind, code, name, municipality = '', answersItself, ...each }) => [
    `${prefix}${labels.get(kind) ?? kind}`,
    code,
    name,
    '',
    '',
    municipality,
    answersItself === true ? itself : municipality,
    '',
    ...dateCells(each),
    ...descriptionCells(directory, each),
  ]);
}

interface Reader {
  fail(row: number, message: string): void;
  /** The code of a municipality that is written by its name or code. */
  member(row: number, text: string): string;
}

/** A kind that the directory does not have yet is made by its first row. */
export class OtherUnits {
  readonly kinds: Kinds;
  readonly units: OtherUnit[] = [];
  readonly rows: number[] = [];
  readonly #before: readonly OtherUnit[];

  constructor(current: Directory | undefined) {
    this.kinds = [...(current?.kinds ?? [])];
    this.#before = current?.units ?? [];
  }

  #kindOf(label: string): string {
    const known = this.kinds.find((each) => headingAsRead(each.label) === headingAsRead(label));
    if (known !== undefined) return known.id;
    const id = freeId('kind', this.kinds);
    this.kinds.push({ id, label });
    return id;
  }

  read(
    row: number,
    cell: (column: string) => string,
    reader: Reader,
    { population, ...described }: Description,
    dates: Spanned,
  ): void {
    const [place, answering] = [cell('構成市町村'), cell('事務局')];
    const answersItself = answering === itself;
    const of = place === '' && !answersItself ? answering : place;
    const municipality = of === '' ? undefined : reader.member(row, of);
    if (answering === '') reader.fail(row, `事務局の列に、回答する市町村のコードか「${itself}」を入力してください。`);
    else if (!answersItself && reader.member(row, answering) !== municipality)
      reader.fail(row, '事務局の列の市町村は、構成市町村の列の市町村と同じにしてください。');
    if (population !== undefined) reader.fail(row, '人口は市町村の行だけに入力してください。');
    this.rows.push(row);
    this.units.push({
      kind: this.#kindOf(cell('種別').slice(prefix.length).trim()),
      code: cell('コード'),
      name: cell('名称'),
      ...(municipality === undefined ? {} : { municipality }),
      ...(answersItself ? { answersItself } : {}),
      ...described,
      ...dates,
    });
  }

  /** Where the file knows of no ends, those that ended stay though it lacks them. */
  keepEnded(): void {
    if (this.units.length === 0) return;
    const read = new Set(this.units.map(({ code }) => code));
    for (const unit of this.#before)
      if (unit.validTo !== undefined && !read.has(unit.code)) {
        this.units.push(unit);
        this.rows.push(0);
      }
  }

  /** As a directory has them: those of before where a file says nothing of any. */
  get candidate(): Pick<Directory, 'kinds' | 'units'> {
    const units = this.units.length === 0 ? this.#before : this.units;
    return {
      ...(this.kinds.length === 0 ? {} : { kinds: this.kinds }),
      ...(units.length === 0 ? {} : { units: [...units] }),
    };
  }
}
