/** Conditions, constraints and calculations of XLSForms in the language of rules, and what is said of those it lacks. */

import { describe, expect, it } from 'vitest';
import { firstSection, read, said, sheetsOf, survey } from '../../../support/xlsform.ts';

describe('the expressions of an XLSForm', () => {
  it.each([
    ["${q} = 'yes'", 'q = "yes"'],
    ["not(${q} = 'yes')", 'q != "yes"'],
    ["not(selected(${q}, 'no'))", 'q != "no"'],
    ["${q} = 'yes' or ${n} > 3 and ${n} != 5", 'q = "yes" or n > 3 and n != 5'],
    ["(${q} = 'yes' or ${n} > 3) and ${n} != 5", '(q = "yes" or n > 3) and n != 5'],
    ['3 <= ${n}', 'n >= 3'],
    ["${n} = '5'", 'n = 5'],
    ['${n} > -1', 'n > -1'],
    ['${n} * 2 - (1 - 3) > 4 div 2', 'n * 2 - (1 - 3) > 4 / 2'],
    ["selected(${m}, 'no')", 'list contains(m, "no")'],
    ["not(selected(${m}, 'no'))", 'if list contains(m, "no") then false else true'],
    ["${m} = 'no'", 'list contains(m, "no") and count(m) = 1'],
    ['count-selected(${m}) >= 2', 'count(m) >= 2'],
    ['count-selected(${m}) < 2', '(if m = null then 0 else count(m)) < 2'],
    ['string-length(${t}) = 0', '(if t = null then 0 else string length(t)) = 0'],
    ['string-length(${t}) = 4', 'string length(t) = 4'],
    ["${t} = ''", 'empty(t)'],
    ["${t} != ''", 'not(empty(t))'],
    ['string-length(${t}) > 10', 'string length(t) > 10'],
    ["${d} >= '2025-04-01'", 'd >= "2025-04-01"'],
    ["${d} < date('2025-04-01')", 'd < "2025-04-01"'],
    ["if(${q} = 'yes', ${n}, 0) > 1", '(if q = "yes" then n else 0) > 1'],
    ['coalesce(${n}, 0) = 0', '(if n != null then n else 0) = 0'],
    ['${q} = “yes”', 'q = "yes"'],
  ])('takes the condition %s as %s', (relevant, when) => {
    const result = read(
      survey(
        ['type', 'name', 'label', 'relevant'],
        ['select_one yes_no', 'q', 'Q'],
        ['select_multiple yes_no', 'm', 'M'],
        ['integer', 'n', 'N（件）'],
        ['text', 't', 'T'],
        ['date', 'd', 'D'],
        ['text', 'z', 'Z', relevant],
      ),
    );
    const asked = firstSection(result).at(-1)?.when;
    expect(asked?.replace(/^\((.*)\)$/, (whole, inner: string) => (inner.startsWith('if') ? inner : whole))).toBe(when);
    expect(said(result, 'not-mapped')).toEqual([]);
  });

  it.each([
    ['${later} > 1', '後の設問'],
    ['${nobody} = 1', '取り込んだ設問に「nobody」はありません'],
    ["${q} = 'perhaps'", '選択肢「perhaps」がありません'],
    ['../q = 1', 'パス'],
    ['${n} mod 2 = 0', 'mod'],
    ["regex(${n}, '[0-9]')", 'regex'],
    ['${n} >', '途中で終わっています'],
    ['${n} > 1)', '「)」'],
    ['${n}', '条件'],
    ['true()', '設問がありません'],
    [`${'('.repeat(100)}\${n} > 1${')'.repeat(100)}`, '深すぎます'],
    [`\${n} > 1${' or ${n} > 1'.repeat(300)}`, '2,000文字'],
    [`\${n} > 1${' or ${n} > 1'.repeat(60)}`, '深すぎます'],
  ])('asks always where it cannot take the condition %s, and says why', (relevant, why) => {
    const result = read(
      survey(
        ['type', 'name', 'label', 'relevant'],
        ['select_one yes_no', 'q', 'Q'],
        ['integer', 'n', 'N（件）'],
        ['text', 'z', 'Z', relevant],
        ['integer', 'later', 'L（件）'],
      ),
    );
    expect(firstSection(result)[2]).not.toHaveProperty('when');
    const [message = ''] = said(result, 'not-mapped');
    expect(message).toContain('survey!D5');
    expect(message).toContain(why);
    expect(message).toContain('条件なしで尋ねます。');
  });

  it('makes checks of constraints that are more than limits, with their messages', () => {
    const result = read(
      survey(
        ['type', 'name', 'label', 'constraint', 'constraint_message'],
        ['integer', 'all', '全体（件）'],
        ['integer', 'part', 'うち（件）', '. <= ${all}', '全体より多くなっています。'],
        ['select_multiple yes_no', 'm', 'M', "not(selected(., 'no') and count-selected(.) > 1)"],
        ['text', 't', 'T', "regex(., '[0-9]+')", '数字だけにしてください。'],
      ),
    );
    expect(result.document.rules).toEqual([
      {
        name: 'constraint',
        at: 'main.part',
        severity: 'refuse',
        // Where 全体 is blank XPath refuses as well: nothing is at most what is not there.
        if: 'not(empty(part)) and (if part <= all then false else true)',
        message: '全体より多くなっています。',
      },
      expect.objectContaining({ at: 'main.m', message: '「M」の回答を確認してください。' }),
    ]);
    expect(said(result, 'not-mapped')).toEqual([expect.stringContaining('survey!D6')]);
  });

  it('reads what is computed, and leaves out what cannot be, circles too', () => {
    const result = read(
      survey(
        ['type', 'name', 'label', 'calculation'],
        ['integer', 'n', 'N（件）'],
        ['calculate', 'double', '倍（件）', '${n} * 2'],
        ['integer', 'shown', '表示（件）', '${double} + 1'],
        ['integer', 'typed', '記入（件）', 'today()'],
        ['calculate', 'a', 'A（件）', '${b} + ${n}'],
        ['calculate', 'b', 'B（件）', '${a} + ${n}'],
        ['calculate', 'c', 'C（件）', '${b} * 2'],
        ['calculate', 'd', 'D（件）', "concat(${n}, 'x')"],
      ),
    );
    expect(firstSection(result)).toMatchObject([
      { key: 'n' },
      { key: 'double', kind: 'computed', formula: 'n * 2', unit: '件' },
      { key: 'shown', kind: 'computed', formula: 'double + 1' },
      { key: 'typed', kind: 'count' },
    ]);
    expect(said(result, 'question-left-out').map((line) => line.split(' ')[0])).toEqual([
      'survey!D7',
      'survey!D8',
      'survey!D9',
      'survey!D10',
    ]);
  });

  it('reads conditions inside of repeats from the entry, and whole repeats from outside', () => {
    const result = read(
      sheetsOf({
        survey: [
          ['type', 'name', 'label', 'relevant', 'calculation'],
          ['begin repeat', 'people', '人'],
          ['integer', 'age', '年齢（年）'],
          ['text', 'school', '学校', '${age} < 18'],
          ['end repeat'],
          ['begin group', 'sum', '合計'],
          ['calculate', 'years', '年（年）', '', 'sum(${age})'],
          ['text', 'who', '誰', 'count(${people}) > 2'],
          ['text', 'odd', '不明', '${age} > 3'],
          ['text', 'old', '長寿', 'sum(${age}) > 300'],
          ['end group'],
        ],
      }),
    );
    const [people, sum] = result.document.sections;
    expect(people?.questions[1]).toMatchObject({ when: 'age < 18' });
    expect(sum?.questions).toMatchObject([
      // Of nothing the sum is 0, as in ODK.
      { formula: '(if total(people.age) = null then 0 else total(people.age))' },
      { when: 'count(people) > 2' },
      { key: 'odd' },
      { when: 'total(people.age) > 300' },
    ]);
    expect(said(result, 'not-mapped')).toEqual([expect.stringContaining('survey!D9')]);
  });
});
