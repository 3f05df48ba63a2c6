import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { posted } from '../../../../../functions/domain/posted/posted.ts';
import { readPosted } from '../../../../../functions/domain/posted/read.ts';
import type { ReadFields } from '../../../../../functions/domain/posted/read.ts';
import { lineFeeds } from '../../../../../schemas/values/text.ts';
import { compile } from '../../../../../schemas/compile.ts';
import { form } from '../../../../../schemas/form.ts';
import { count, section } from '../../../../../schemas/kinds/question.ts';
import type { Json } from '../../../../../schemas/values/json.ts';
import { scratchForm } from '../../../support/scratch-form.ts';

const [first] = scratchForm.sections;

function read(fields: [string, string][], stored: { [key: string]: Json | undefined } = {}): ReadFields {
  const names = fields.map(([name, value]): [string, string] => [`first.${name}`, value]);
  return readPosted(first?.children ?? [], posted(new URLSearchParams(names)), 'first', stored);
}

describe('a form post', () => {
  it('answers what its fields say', () => {
    const { value } = read([
      ['status', 'yes'],
      ['functions', ''],
      ['functions', 'x'],
      ['functions', 'z'],
      ['more', '１，２３４ 件'],
      ['since', 'R6.9.30'],
      ['cases', '4～5件'],
      ['planned', '年2回＋随時'],
      ['term', '令和3〜5年度'],
      ['partners', ''],
      ['partners', '111007'],
    ]);
    expect(value).toEqual({
      status: 'yes',
      more: 1234,
      functions: ['x', 'z'],
      partners: ['111007'],
      since: '2024-09-30',
      cases: { min: 4, max: 5 },
      planned: { per: 'year', times: { min: 2, max: 2 }, asNeeded: true },
      term: { from: 2021, to: 2023 },
    });
  });

  it('keeps not answered, does not apply, zero and none apart', () => {
    expect(read([['visitors', '']]).value).toEqual({});
    expect(
      read([
        ['visitors', ''],
        ['visitors:na', '1'],
      ]).value,
    ).toEqual({ visitors: null });
    expect(read([['visitors', '-']]).value).toEqual({ visitors: null });
    expect(read([['visitors', '0']]).value).toEqual({ visitors: 0 });
    expect(read([['functions', '']]).value).toEqual({});
    expect(
      read([
        ['functions', ''],
        ['functions:none', '1'],
      ]).value,
    ).toEqual({ functions: [] });
    expect(
      read([
        ['functions', ''],
        ['functions:na', '1'],
      ]).value,
    ).toEqual({ functions: null });
    expect(
      read([
        ['goals', ''],
        ['goals:none', '1'],
      ]).value,
    ).toEqual({ goals: [] });
  });

  it('empties what was posted empty, and leaves what was not posted', () => {
    expect(
      read(
        [
          ['status', ''],
          ['note', ''],
        ],
        { status: 'yes', note: '前', more: 3 },
      ).value,
    ).toEqual({ more: 3 });
  });

  it('keeps the stored answer where the text cannot be read, and says why', () => {
    const { value, problems } = read(
      [
        ['more', '12回くらい'],
        ['since', '昨年'],
        ['note', '残る'],
      ],
      { more: 5 },
    );
    expect(value).toEqual({ more: 5, note: '残る' });
    expect([...problems.keys()]).toEqual(['first.more', 'first.since']);
    expect(problems.get('first.more')).toContain('数として読み取れません');
  });

  it('tells how a text was read that does not say it literally', () => {
    const { value, notices } = read([['since', '平成32年4月']]);
    expect(value).toEqual({ since: '2020-04' });
    expect(notices.get('first.since')).toContain('令和2年4月');
  });

  it.each([
    [
      'an option with none',
      [
        ['functions', 'x'],
        ['functions:none', '1'],
      ],
    ],
    [
      'an option with does not apply',
      [
        ['functions', 'x'],
        ['functions:na', '1'],
      ],
    ],
    [
      'a number with does not apply',
      [
        ['visitors', '3'],
        ['visitors:na', '1'],
      ],
    ],
    ['an option that does not exist', [['status', 'perhaps']]],
    ['an option that is a name of every object', [['status', 'constructor']]],
    ['a text with a NUL', [['note', 'a\0b']]],
    ['a text with a control character', [['note', 'a\u0008b']]],
    [
      'texts of which one has a control character',
      [
        ['goals', '一'],
        ['goals', '\u001B'],
      ],
    ],
  ] satisfies [string, [string, string][]][])('does not take %s', (_, fields) => {
    const { value, problems } = read(fields);
    expect(value).toEqual({});
    expect(problems.size).toBe(1);
  });

  it('takes line breaks as line feeds, and a text that differs in them only as it was', () => {
    expect(read([['note', '\r\n一\r\n二\r三']]).value).toEqual({ note: '\n一\n二\n三' });
    expect(read([['note', '一\n二']], { note: '一\r二' }).value).toEqual({ note: '一\r二' });
  });

  it('takes what Word writes for a line break within a paragraph as a line break', () => {
    expect(
      read([
        ['note', '一\v二\f三'],
        ['goals', 'イ\vロ'],
      ]).value,
    ).toEqual({ note: '一\n二\n三', goals: ['イ\nロ'] });
    expect(read([['note', '一\v二']], { note: '一\v二' }).value).toEqual({ note: '一\n二' });
  });

  it('takes a text exactly where the API does', () => {
    const shape = compile(scratchForm).sectionShapes.get('first');
    const unit = fc
      .oneof(fc.integer({ min: 0, max: 0x2f }), fc.integer({ min: 0xd7f0, max: 0xffff }))
      .map((each) => String.fromCharCode(each));
    fc.assert(
      fc.property(fc.string({ unit, minLength: 1, maxLength: 6 }), (text) => {
        const { value, problems } = readPosted(first?.children ?? [], new Map([['first.note', [text]]]), 'first');
        const note = lineFeeds(text);
        expect(problems.size === 0).toBe(shape?.safeParse({ note }).success);
        expect(value).toEqual(problems.size === 0 ? { note } : {});
      }),
    );
  });

  it('leaves a stored value alone that no field can show', () => {
    expect(read([['more', '-3']], { more: -3 })).toMatchObject({ value: { more: -3 } });
    expect(read([['since', '2024-13']], { since: '2024-13' })).toMatchObject({ value: { since: '2024-13' } });
  });

  it('has no place for names that the form does not know', () => {
    expect(
      read([
        ['unknown', '1'],
        ['__proto__', '1'],
      ]).value,
    ).toEqual({});
  });
});

describe('a repeating group', () => {
  const [, , units] = scratchForm.sections;
  const steps = units?.children.filter(({ key }) => key === 'steps') ?? [];
  const readSteps = (fields: [string, string][], stored = {}) =>
    readPosted(steps, posted(new URLSearchParams(fields)), 'units.u', stored).value;

  it('has the entries of its marks, in their order, with their fields by id', () => {
    expect(
      readSteps([
        ['units.u.steps', ''],
        ['units.u.steps', 'b'],
        ['units.u.steps', 'a'],
        ['units.u.steps.a.title', '甲'],
        ['units.u.steps.b.times', '2'],
        ['units.u.steps.c.title', '丙'],
      ]),
    ).toEqual({
      steps: [
        { id: 'b', times: 2 },
        { id: 'a', title: '甲' },
      ],
    });
  });

  it('takes no mark that is no id, and none twice', () => {
    expect(
      readSteps([
        ['units.u.steps', 'a b'],
        ['units.u.steps', 'a'],
        ['units.u.steps', 'a'],
      ]),
    ).toEqual({ steps: [{ id: 'a' }] });
  });

  it('without entries is not answered, or none when that is marked', () => {
    expect(readSteps([['units.u.steps', '']])).toEqual({});
    expect(
      readSteps([
        ['units.u.steps', ''],
        ['units.u.steps:none', '1'],
      ]),
    ).toEqual({ steps: [] });
  });
});

describe('a question that may be left blank with a reason', () => {
  const asked = form(
    'blank',
    2025,
    { title: '様式', units: 'municipality', help: '' },
    {
      s: section('体制', {
        staff: count('職員数', '人').reasonIfBlank(),
        more: count('他', '人'),
        offices: count('事業所数', '事業所').reasonIfBlank(),
      }),
    },
  );
  const reading = (fields: [string, string][]): ReadFields =>
    readPosted(asked.items.get('s')?.children ?? [], posted(new URLSearchParams(fields)), 's');

  it('says why, in the words that were typed or in the usual ones', () => {
    const unknown: [string, string][] = [
      ['s.staff', ''],
      ['s.staff:blank', ''],
      ['s.staff:blank', '1'],
    ];
    expect(reading([...unknown, ['s.staff:why', '台帳がないため']])).toMatchObject({
      value: {},
      reasons: new Map([['s.staff.blank', '台帳がないため']]),
    });
    const typed = reading([
      ['s.staff', ''],
      ['s.staff:blank', ''],
      ['s.staff:why', '台帳がないため'],
    ]);
    expect(typed.problems.get('s.staff')).toContain('「不明」を選ぶか');
    const beside = reading([
      ['s.staff', '3'],
      ['s.staff:blank', ''],
      ['s.staff:why', '育休の者を除く'],
    ]);
    expect([beside.value, beside.problems.size]).toEqual([{ staff: 3 }, 0]);
    expect(beside.notices.get('s.staff')).toContain('保存されません');
    // Also where something else is said of the answer.
    const converted = reading([
      ['s.offices', '3箇所'],
      ['s.offices:blank', ''],
      ['s.offices:why', '台帳による'],
    ]);
    expect(converted.value).toEqual({ offices: 3 });
    expect(converted.notices.get('s.offices')).toMatch(/3.*「不明」の理由は、回答がある項目では保存されません/);
    // One that was kept goes with 不明.
    const takenBack = reading([
      ['s.staff', ''],
      ['s.staff:blank', ''],
      ['s.staff:kept', '台帳がないため'],
      ['s.staff:why', '台帳がないため'],
    ]);
    expect([takenBack.problems.size, takenBack.reasons]).toEqual([0, new Map([['s.staff.blank', undefined]])]);
    expect(reading([...unknown, ['s.staff:why', '']]).reasons.get('s.staff.blank')).toBe('把握していないため');
    const long = '𠮷'.repeat(1000);
    expect(reading([...unknown, ['s.staff:why', long]]).reasons.get('s.staff.blank')).toBe(long);
    expect(reading([...unknown, ['s.staff:why', `${long}野`]]).problems.has('s.staff')).toBe(true);
    expect(reading([...unknown, ['s.staff:why', 'あ'.repeat(1001)]]).problems.get('s.staff')).toMatch(/1000文字/u);
  });

  it('gives no reason once it is answered, and is not both', () => {
    const seen: [string, string] = ['s.staff:blank', ''];
    expect(reading([['s.staff', '3'], seen]).reasons).toEqual(new Map([['s.staff.blank', undefined]]));
    const both = reading([['s.staff', '3'], seen, ['s.staff:blank', '1']]);
    expect(both.problems.get('s.staff')).toMatch(/「不明」と回答の両方/u);
  });

  it('is no other question, and is not read where the page did not offer it', () => {
    expect(
      reading([
        ['s.more', ''],
        ['s.more:blank', '1'],
      ]).reasons.size,
    ).toBe(0);
    expect(reading([['s.staff', '']]).reasons.size).toBe(0);
  });
});
