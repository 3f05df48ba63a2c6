import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicPath, publicSpans, withAddresses } from '../../../../functions/domain/public-address.ts';

const instant = (hour: number): string => new Date(Date.UTC(2024, 0, 1, hour)).toISOString();
const hours = 100;

describe('when an edition was public', () => {
  it('is told from its publication, the switches of the address and its end', () => {
    const changes = [2, 5, 8].map((hour, index) => ({ isOpen: index % 2 === 0, at: instant(hour), actor: '県' }));
    const spans = (publishedAt: number, withdrawnAt?: number) =>
      publicSpans(changes, {
        publishedAt: instant(publishedAt),
        withdrawnAt: withdrawnAt === undefined ? undefined : instant(withdrawnAt),
      });
    expect(spans(0)).toEqual([{ from: instant(2), until: instant(5) }, { from: instant(8) }]);
    expect(spans(3, 4)).toEqual([{ from: instant(3), until: instant(4) }]);
    expect(spans(6, 7)).toEqual([]);
    expect(spans(9)).toEqual([{ from: instant(9) }]);
  });

  it('is every hour in which the address was open and the edition stood, and no other', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(hours - 1), { maxLength: 8 }),
        fc.nat(hours - 1),
        fc.option(fc.nat(hours), { nil: undefined }),
        (switches, published, later) => {
          const end = later === undefined ? undefined : Math.min(published + later, hours);
          const changes = switches
            .toSorted((a, b) => a - b)
            .map((hour, index) => ({ isOpen: index % 2 === 0, at: instant(hour), actor: '県' }));
          const withdrawnAt = end === undefined ? undefined : instant(end);
          const spans = publicSpans(changes, { publishedAt: instant(published), withdrawnAt });
          for (let hour = 0; hour < hours; hour += 1) {
            const at = instant(hour);
            const isOpen = changes.findLast((change) => change.at <= at)?.isOpen === true;
            const stands = hour >= published && (end === undefined || hour < end);
            const isTold = spans.some(({ from, until }) => from <= at && (until === undefined || at < until));
            expect([hour, isTold]).toEqual([hour, isOpen && stands]);
          }
        },
      ),
    );
  });
});

describe('an address', () => {
  it('names round, edition and file so that none can mean another', () => {
    expect(publicPath('R6', 2)).toBe('/public/R6/2/');
    expect(publicPath('R6', 'latest', 'parquet/a=1/𠮷 %.csv')).toBe(
      '/public/R6/latest/parquet/a%3D1/%F0%A0%AE%B7%20%25.csv',
    );
  });
});

describe('an open-data sheet', () => {
  it('has whole addresses and its edition, and keeps what it does not know', () => {
    const sheet = {
      'dct:title': '調査',
      'dcat:distribution': [{ 'dcat:downloadURL': { '@id': 'a b.csv' }, 'dcat:byteSize': 1 }, 'x', {}],
    };
    const address = 'https://yoriai.pref.example.lg.jp/public/R6/1/';
    const published = { edition: 1, publishedAt: instant(0) };
    const known = {
      '@id': address,
      'dct:identifier': address,
      'dct:issued': { '@value': instant(0), '@type': 'xsd:dateTime' },
      'dcat:version': '1',
      'dcat:landingPage': { '@id': address },
    };
    expect(withAddresses(sheet, address, published)).toEqual({
      ...known,
      'dct:title': '調査',
      'dcat:distribution': [
        {
          'dcat:accessURL': { '@id': address },
          'dcat:downloadURL': { '@id': `${address}a%20b.csv` },
          'dcat:byteSize': 1,
        },
        'x',
        {},
      ],
    });
    expect([withAddresses([], address, published), withAddresses({}, address, published)]).toEqual([[], known]);
  });
});
