import { parseArgs } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readReportSettings, reportOptions } from '../../../../infra/local/report-settings.ts';

function settingsOf(...args: string[]) {
  return readReportSettings(parseArgs({ args, options: reportOptions }).values);
}

describe('what the export command says about the report', () => {
  it('is 資料番号, meeting, date and division, each where it is given', () => {
    expect(
      settingsOf(
        '--document-number',
        '資料５',
        '--meeting',
        '県協議会',
        '--date',
        '2025-01-20',
        '--division',
        '障害者支援課',
      ),
    ).toEqual({
      documentNumber: '資料５',
      meeting: '県協議会',
      date: '2025-01-20',
      division: '障害者支援課',
    });
    expect(settingsOf()).toEqual({});
  });

  it.each([
    ['--date', '2025-02-30'],
    ['--date', '令和7年1月20日'],
    ['--division', ''],
    ['--meeting', '県\n協議会'],
    ['--document-number', '資'.repeat(31)],
  ])('is refused by name: %s %j', (option, value) => {
    expect(() => settingsOf(option, value)).toThrow(option);
  });
});
