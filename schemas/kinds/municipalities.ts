import { municipalityCode } from '../values/municipality-code.ts';
import { isStorable } from '../values/text.ts';
import { flags } from './cells.ts';
import type { Defines, SingleKind } from './kind.ts';
import { asTyped, noneOfThese, textsIn } from './printing.ts';
import { listInDraft, longestWord, storableText, withoutDuplicates } from './schemas.ts';

/** Any number of the prefecture's municipalities, as six-digit codes. */
export type MunicipalitiesDefinition = Defines<'municipalities'>;

/** Japan has 1,741 municipalities. */
const most = 2000;

/** A prefecture's municipalities, as boxes to tick. */
const boxes = 50;

const kind: SingleKind = {
  nesting: 'none',
  value: 'texts',
  shape: () => listInDraft(storableText(longestWord), most),
  content: () => withoutDuplicates(municipalityCode),
  errors: {
    'invalid-municipality-code': '市町村コードが正しくありません。検査数字を含む6桁のコードを確認してください。',
  },
  issueCode: ({ code }) => {
    if (code === 'too_big') return 'too-many';
    return code === 'invalid_type' ? 'wrong-type' : 'invalid-municipality-code';
  },
  normal: (answer) =>
    Array.isArray(answer) && answer.every((each) => typeof each === 'string') ? answer.toSorted() : answer,
  refersTo: 'municipalities',
  cells: flags,
  print: (answer, { municipalities }) => {
    if (!Array.isArray(answer)) return asTyped(answer);
    if (answer.length === 0) return noneOfThese;
    return textsIn(answer)
      .map((code) => municipalities.get(code) ?? code)
      .join('、');
  },
  posting: { as: 'several', accepts: isStorable },
  fieldCount: boxes,
  figures: undefined,
};

export const municipalitiesKind: (definition: MunicipalitiesDefinition) => SingleKind = () => kind;
