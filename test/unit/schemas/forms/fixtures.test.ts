import { describe, expect, it } from 'vitest';
import type { Form } from '../../../../schemas/form.ts';
import { coordinationMeeting2024 } from '../../../../schemas/forms/coordination-meeting/v2024.ts';
import { councilReport2024 } from '../../../../schemas/forms/council-report/v2024.ts';
import { municipalSurvey2024 } from '../../../../schemas/forms/municipal-survey/v2024.ts';
import type { Answers } from '../../../../schemas/values/json.ts';
import type { Round } from '../../../../schemas/round.ts';
import { fixture, round, strikes } from './returns.ts';

type Returns = Record<string, Answers>;

const heisei30: Round = {
  ...round,
  fiscalYear: 2018,
  referenceDate: '2019-03-31',
  period: { from: '2018-04', to: '2019-03' },
};
const gunma = fixture<Returns>('gunma-h30/council-report.json');
const kisarazu = fixture<Answers>('councils/kisarazu.json');
const ward = fixture<Answers>('councils/yokohama-ward.json');

/** The findings of a severity on every return, by unit. */
function all(form: Form, severity: 'refuse' | 'askReason' | 'note', returns: Returns, during = round): string[] {
  return Object.entries(returns).flatMap(([unit, answers]) =>
    strikes(form, severity, answers, { unit, round: during }).map((key) => `${unit} ${key}`),
  );
}

describe('the returns of the source documents', () => {
  it('are refused nowhere', () => {
    expect(all(councilReport2024, 'refuse', gunma, heisei30)).toEqual([]);
    expect(all(councilReport2024, 'refuse', { kisarazu, ward })).toEqual([]);
    expect(all(coordinationMeeting2024, 'refuse', fixture('coordination-meeting.json'))).toEqual([]);
    expect(all(coordinationMeeting2024, 'refuse', fixture('saitama-r6/coordination-meeting.json'))).toEqual([]);
    expect(all(municipalSurvey2024, 'refuse', fixture('saitama-r6/municipal-survey.json'))).toEqual([]);
    expect(all(councilReport2024, 'refuse', fixture('saitama-r6/council-report.json'))).toEqual([]);
  });

  it('are asked only for reasons that are true of them: 群馬県, 平成30年度', () => {
    expect(all(councilReport2024, 'askReason', gunma, heisei30)).toEqual([]);
  });

  it('are asked only for reasons that are true of them: 木更津市 and a ward of 横浜市', () => {
    expect(all(councilReport2024, 'askReason', { kisarazu, ward })).toEqual([]);
  });

  it('are asked only for reasons that are true of them: 岩見沢市 and 横浜市', () => {
    expect(all(coordinationMeeting2024, 'askReason', fixture('coordination-meeting.json'))).toEqual([]);
    expect(all(coordinationMeeting2024, 'refuse', fixture('saitama-r6/coordination-meeting.json'))).toEqual([]);
  });
});

describe('the constructed returns of 埼玉県', () => {
  it('are asked only about bodies that never met', () => {
    const asked = all(councilReport2024, 'askReason', fixture('saitama-r6/council-report.json'));
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((key) => !key.endsWith('.meetings.no-meetings'))).toEqual([]);
  });

  it('are asked only about one kind of designation without the other', () => {
    const asked = all(municipalSurvey2024, 'askReason', fixture('saitama-r6/municipal-survey.json'));
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((key) => !key.endsWith('.one-of-pair-zero'))).toEqual([]);
  });
});
