import { describe, expect, it } from 'vitest';
import { billOf, costOf, totalOf } from '../../../../../infra/operation/cost/bill.ts';
import { monthOf } from '../../../../../infra/operation/cost/month.ts';
import { prices } from '../../../../../infra/operation/cost/prices.ts';
import { countResources } from '../../../../../infra/operation/cost/resources.ts';
import { costTable, withTable } from '../../../../../infra/operation/cost/table.ts';
import { forms as catalogue } from '../../../../../schemas/forms/catalogue.ts';

const forms = [...catalogue.values()].flatMap((versions) => [...versions.values()]);
const resources = { keys: 1, firewalls: 1, firewallRules: 4, alarmMetrics: 24, dashboards: 1 };
const small = { municipalities: 63 };
const large = { municipalities: 180 };
const bill = billOf(monthOf(small, 'busy', forms), resources);
const table = costTable(forms, resources);

describe('a month', () => {
  it('has no submission when nothing is being answered, and every return when it is', () => {
    expect(monthOf(small, 'idle', forms)).toMatchObject({ saves: 0, submissions: 0, exports: 1 });
    const busy = monthOf(small, 'busy', forms);
    expect(busy.submissions).toBeGreaterThanOrEqual(busy.returns);
    expect(busy.requests).toBeGreaterThan(busy.saves + busy.submissions);
  });

  it('grows with the municipalities and with the questions', () => {
    expect(monthOf(large, 'busy', forms).requests).toBeGreaterThan(2 * monthOf(small, 'busy', forms).requests);
    expect(monthOf(small, 'busy', forms).saves).toBeGreaterThan(monthOf(small, 'busy', forms.slice(0, 1)).saves);
  });
});

describe('a bill', () => {
  it('has a price for every line, with its unit, AWS’s page and how its quantity comes about', () => {
    for (const { price, quantity, basis } of bill) {
      expect(prices[price].usd).toBeGreaterThan(0);
      expect(prices[price].unit).not.toBe('');
      expect(prices[price].page).toMatch(/pricing/);
      expect(basis).not.toBe('');
      expect(quantity).toBeGreaterThanOrEqual(0);
    }
  });

  it('uses every price once', () => {
    expect(bill.map(({ price }) => price).toSorted()).toEqual(Object.keys(prices).toSorted());
  });

  it('multiplies, and adds up', () => {
    expect(costOf({ price: 'apiRequest', quantity: 2_000_000 })).toBeCloseTo(8.5);
    expect(costOf({ price: 'key', quantity: 3 })).toBe(3);
    expect(totalOf(bill)).toBeCloseTo(bill.map(costOf).reduce((a, b) => a + b));
  });

  it('of a busy month is never below that of an idle one, in any line', () => {
    const idle = billOf(monthOf(small, 'idle', forms), resources);
    expect(bill.filter((line, index) => costOf(line) < costOf(idle[index] ?? line))).toEqual([]);
  });

  it('pays for what is there whether or not anybody comes', () => {
    const more = billOf(monthOf(small, 'idle', forms), { ...resources, firewallRules: 5, alarmMetrics: 34 });
    expect(totalOf(more) - totalOf(billOf(monthOf(small, 'idle', forms), resources))).toBeCloseTo(1 + 10 * 0.1);
  });
});

describe('what a template has', () => {
  it('is counted: rules by rule, and an alarm that calculates by the metrics it calculates with', () => {
    const written = {
      Resources: {
        Acl: { Type: 'AWS::WAFv2::WebACL', Properties: { Rules: [{}, {}, {}] } },
        Key: { Type: 'AWS::KMS::Key' },
        One: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'Errors' } },
        Two: {
          Type: 'AWS::CloudWatch::Alarm',
          Properties: { Metrics: [{ Expression: 'a + b' }, { MetricStat: {} }, { MetricStat: {} }] },
        },
        Page: { Type: 'AWS::CloudWatch::Dashboard' },
      },
    };
    expect(countResources(written)).toEqual({
      keys: 1,
      firewalls: 1,
      firewallRules: 3,
      alarmMetrics: 3,
      dashboards: 1,
    });
  });
});

describe('the table', () => {
  it('has a row for each line and their sums, for both prefectures, idle and busy', () => {
    const rows = table.split('\n').filter((line) => line.startsWith('| '));
    expect(rows).toHaveLength(bill.length + 3);
    expect(rows.map((each) => each.split(' | ').length)).toEqual(rows.map(() => 6));
    expect(rows.at(-1)).toContain(`**${totalOf(bill).toFixed(2)}**`);
    for (const { title } of bill) expect(table).toContain(`| ${title} |`);
  });

  it('says that its prices were not looked up, of when they are, and that there is tax to come', () => {
    expect(table).toContain('料金ページを参照して確かめたものではありません');
    expect(table).toMatch(/単価は\d{4}年\d{1,2}月ごろのもの/);
    expect(table).toContain('税抜');
  });

  it('replaces the one between the markers and nothing else', () => {
    const text = '# 題\n<!-- cost -->\nold\n<!-- /cost -->\n終わり\n';
    expect(withTable(text, '| $1 |')).toBe('# 題\n<!-- cost -->\n| $1 |\n<!-- /cost -->\n終わり\n');
    expect(() => withTable('# 題\n', table)).toThrow('<!-- cost -->');
  });
});
