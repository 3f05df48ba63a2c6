import { describe, expect, it } from 'vitest';
import { describeError } from '../../../../../functions/domain/accounts/describe.ts';
import { accountColumns } from '../../../../../functions/domain/accounts/account.ts';
import { readAccounts } from '../../../../../functions/service/accounts/read-accounts.ts';
import type { KnownPlaces } from '../../../../../functions/service/accounts/read-accounts.ts';
import { writeAccounts } from '../../../../../functions/service/accounts/write-accounts.ts';

const forms = new Set(['coordination-meeting', 'council-report']);
const saitama: KnownPlaces = { municipalities: new Set(['112011', '112038']), prefecture: '11', forms };
const header = accountColumns.join(',');

function read(rows: readonly string[], place: KnownPlaces = saitama, head = header): ReturnType<typeof readAccounts> {
  return readAccounts(new TextEncoder().encode(`\uFEFF${[head, ...rows].join('\r\n')}\r\n`), place);
}

async function mistakes(rows: readonly string[], place?: KnownPlaces): Promise<string[]> {
  const result = await read(rows, place);
  return result.ok ? [] : result.errors.map(describeError);
}

describe('a row of the file', () => {
  it('has a name of as many characters as is said, each of two UTF-16 units', async () => {
    const row = (name: string): string => `kawagoe-01,${name},taro@kawagoe.example,市町村,112011,利用`;
    expect(await mistakes([row('𠮷'.repeat(60))])).toEqual([]);
    expect(await mistakes([row('𠮷'.repeat(61))])).toHaveLength(1);
  });

  it('is an account of the prefecture, of one or several municipalities, or of none', async () => {
    const result = await read([
      'saitama-01,埼玉 花子,hanako@pref.saitama.example,県,,利用',
      'kawagoe-01,川越 太郎,taro@kawagoe.example,市町村,112011,利用',
      'joint-01,,joint@kawagoe.example,市町村,112038;112011;112011,停止',
      'prefecture_abc|1,,,なし,,利用',
    ]);
    expect(result).toEqual({
      ok: true,
      accounts: [
        {
          row: 2,
          username: 'saitama-01',
          name: '埼玉 花子',
          email: 'hanako@pref.saitama.example',
          role: { kind: 'prefecture' },
          isActive: true,
        },
        {
          row: 3,
          username: 'kawagoe-01',
          name: '川越 太郎',
          email: 'taro@kawagoe.example',
          role: { kind: 'municipality', units: ['112011'] },
          isActive: true,
        },
        {
          row: 4,
          username: 'joint-01',
          name: '',
          email: 'joint@kawagoe.example',
          role: { kind: 'municipality', units: ['112011', '112038'] },
          isActive: false,
        },
        { row: 5, username: 'prefecture_abc|1', name: '', email: '', role: { kind: 'none' }, isActive: true },
      ],
    });
  });

  it('may be a division that answers one form', async () => {
    const result = await read([
      'kawagoe-02,,a@b.example,市町村,112011-coordination-meeting;112038,利用',
      'kawagoe-03,,a@b.example,市町村,１１２０１１－council-report,利用',
    ]);
    expect(result.ok && result.accounts.map(({ role }) => role)).toEqual([
      { kind: 'municipality', units: ['112011-coordination-meeting', '112038'] },
      { kind: 'municipality', units: ['112011-council-report'] },
    ]);
  });

  it('may be typed in full width and capitals: the pool does not tell them apart', async () => {
    const result = await read([
      'Ｋａｗａｇｏｅ－０１,,ｔａｒｏ＠kawagoe.example,市町村,１１２０１１、１１２０３８,利用',
    ]);
    expect(result.ok && result.accounts[0]).toMatchObject({
      username: 'kawagoe-01',
      email: 'taro@kawagoe.example',
      role: { units: ['112011', '112038'] },
    });
  });

  it('is found by its headings, whatever else stands in the file', async () => {
    const result = await read(
      ['メモ,利用,112011,市町村,a@b.example,川越 太郎,kawagoe-01'],
      saitama,
      '備考,状態,団体コード,区分,メールアドレス,氏名,利用者名',
    );
    expect(result.ok && result.accounts[0]).toMatchObject({ username: 'kawagoe-01', name: '川越 太郎' });
  });

  it.each([
    ['川越\u202E太郎', 'U+202E'],
    ['川越\u200B太郎', 'U+200B'],
    ['"川越\n太郎"', '改行'],
  ])('is refused with a name of which something cannot be seen: %j', async (name, what) => {
    const found = await mistakes([`kawagoe-01,${name},a@b.example,市町村,112011,利用`]);
    expect(found).toEqual([expect.stringContaining(what)]);
    expect(found[0]).toContain('氏名');
  });

  it('is read from what Excel saves as plain CSV, which is Shift_JIS', async () => {
    // 利用者名,氏名,メールアドレス,区分,団体コード,状態 / kawagoe-01,花子,a@b.example,県,,利用
    const saved = Buffer.from(
      [
        '979897708ed296bc2c8e8196bc2c8381815b838b83418368838c83582c8be695aa2c926391cc8352815b83682c8ff391d40d',
        '0a6b617761676f652d30312c89d48e712c6140622e6578616d706c652c8ca72c2c979897700d0a',
      ].join(''),
      'hex',
    );
    const result = await readAccounts(saved, saitama);
    expect(result).toMatchObject({
      ok: true,
      accounts: [{ username: 'kawagoe-01', name: '花子', role: { kind: 'prefecture' } }],
    });
  });
});

describe('a mistake', () => {
  it.each([
    ['ab,,a@b.example,県,,利用', '2行目 利用者名: 半角の英数字で始まる'],
    ['川越,,a@b.example,県,,利用', '2行目 利用者名: 半角の英数字で始まる'],
    ['kawagoe 01,,a@b.example,県,,利用', '2行目 利用者名: 半角の英数字で始まる'],
    ['kawagoe-01,=cmd(),a@b.example,県,,利用', '2行目 氏名: '],
    ['kawagoe-01,,,県,,利用', '2行目 メールアドレス: 入力してください。'],
    ['kawagoe-01,,a@b,県,,利用', '2行目 メールアドレス: メールアドレスの形ではありません。'],
    ['kawagoe-01,,a@b.example c@d.example,県,,利用', '2行目 メールアドレス: メールアドレスの形ではありません。'],
    [
      'kawagoe-01,,a@b.example,市,112011,利用',
      '2行目 区分: 県（管理者）、県、県（閲覧）、市町村、なしのいずれかを指定してください。',
    ],
    ['kawagoe-01,,a@b.example,県,112011,利用', '2行目 団体コード: 区分が「市町村」のときだけ指定してください。'],
    ['kawagoe-01,,a@b.example,市町村,,利用', '2行目 団体コード: 入力してください。'],
    [
      'kawagoe-01,,a@b.example,市町村,112012,利用',
      '2行目 団体コード: 市町村コード「112012」は検査数字（6桁目）が合いません。',
    ],
    ['kawagoe-01,,a@b.example,市町村,112011-,利用', '2行目 団体コード: 「112011-」の「-」の後には、'],
    ['kawagoe-01,,a@b.example,市町村,112011-支援調整会議,利用', '2行目 団体コード: 「112011-支援調整会議」の'],
    [
      'kawagoe-01,,a@b.example,市町村,112011-council-reports,利用',
      '2行目 団体コード: 識別子が「council-reports」の調査票はありません。「調査票の一覧」にある識別子（coordination-meeting、council-report）',
    ],
    ['kawagoe-01,,a@b.example,市町村,112020-council-report,利用', '2行目 団体コード: 「112020」は名簿にありません。'],
    ['kawagoe-01,,a@b.example,市町村,112020,利用', '2行目 団体コード: 「112020」は名簿にありません。'],
    [
      'kawagoe-01,,a@b.example,市町村,011002,利用',
      '2行目 団体コード: 市町村コード「011002」は対象の都道府県のコードではありません。コードを確かめて入力し直してください。',
    ],
    ['kawagoe-01,,a@b.example,県,,廃止', '2行目 状態: 利用、停止のいずれかを指定してください。'],
  ])('in %j is told by row and column', async (row, message) => {
    const found = await mistakes([row]);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(message);
  });

  it('is a code that lost its leading zero in Excel: it is not guessed', async () => {
    const hokkaido: KnownPlaces = { municipalities: undefined, prefecture: '01', forms };
    const [told] = await mistakes(['sapporo-01,,a@b.example,市町村,11002,利用'], hokkaido);
    expect(told).toContain('先頭の0が消えた場合があります');
    expect(told).toContain('「011002」であれば、6桁で入力してください');
    expect(await mistakes(['kawagoe-01,,a@b.example,市町村,11201,利用'])).toHaveLength(1);
  });

  it('is a user name that stands twice, in whatever case', async () => {
    expect(await mistakes(['kawagoe-01,,a@b.example,県,,利用', 'Kawagoe-01,,c@d.example,県,,利用'])).toEqual([
      '3行目 利用者名: 2行目と同じです。',
    ]);
  });

  it('leaves nothing of the file, and all are told at once', async () => {
    const rows = ['kawagoe-01,,a@b.example,県,,利用', 'ab,,x,市,,廃止'];
    const result = await read(rows);
    expect(result.ok).toBe(false);
    expect((await mistakes(rows)).map((told) => told.split(':')[0])).toEqual([
      '3行目 利用者名',
      '3行目 メールアドレス',
      '3行目 区分',
      '3行目 状態',
    ]);
  });

  it('is a file without the headings, or none at all', async () => {
    expect(await read(['a,b'], saitama, '利用者名,区分')).toMatchObject({
      ok: false,
      errors: [{ message: expect.stringContaining('見出し') }],
    });
    expect(await readAccounts(Buffer.from('PK not a workbook'), saitama)).toMatchObject({ ok: false });
  });
});

describe('the accounts as they stand', () => {
  it('are written as a file that Excel opens and that reads back', async () => {
    const account = {
      id: 's',
      name: '川越 太郎',
      email: 'a@b.example',
      isEnabled: true,
      isInvited: true,
      isBarred: false,
    };
    const text = writeAccounts([
      { ...account, username: 'kawagoe-01', groups: ['unit-112011', 'unit-112038'] },
      { ...account, username: 'b-01', groups: ['prefecture'], isEnabled: false },
      { ...account, username: 'a-01', groups: ['prefecture', 'unit-112011'], name: '' },
    ]);
    expect(text.split('\r\n')).toEqual([
      '\uFEFF利用者名,氏名,メールアドレス,区分,団体コード,状態,備考',
      'a-01,,a@b.example,なし,,利用,招待中（まだサインインしていません）',
      'b-01,川越 太郎,a@b.example,県,,停止,',
      'kawagoe-01,川越 太郎,a@b.example,市町村,112011;112038,利用,招待中（まだサインインしていません）',
      '',
    ]);
    const result = await readAccounts(new TextEncoder().encode(text), saitama);
    expect(result.ok && result.accounts.map(({ username, role }) => [username, role.kind])).toEqual([
      ['a-01', 'none'],
      ['b-01', 'prefecture'],
      ['kawagoe-01', 'municipality'],
    ]);
  });
});
