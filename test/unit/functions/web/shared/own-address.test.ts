import { describe, expect, it } from 'vitest';
import { ownPageOf, ownPath } from '../../../../../functions/web/shared/own-address.ts';

describe('a path to return to', () => {
  it.each([
    ['', '/', '/'],
    ['', '/rounds/R6?state=draft&q=%E5%B7%9D', '/rounds/R6?state=draft&q=%E5%B7%9D'],
    ['', '/rounds/R6#part', '/rounds/R6'],
    ['', '/a/../b', '/b'],
    ['/main', '/main/rounds/R6', '/main/rounds/R6'],
  ])('under %j may be %j', (base, wanted, path) => {
    expect(ownPath(base, wanted)).toBe(path);
  });

  it.each([
    ['', undefined],
    ['', ''],
    ['', 'rounds'],
    ['', 'https://evil.example/'],
    ['', 'javascript:alert(1)'],
    ['', '//evil.example/'],
    ['', '/\\evil.example/'],
    ['', '/\t/evil.example/'],
    ['', '/x/..//evil.example'],
    ['', '/.//evil.example'],
    ['', '/sign-in?returnTo=/'],
    ['', '/sign-out'],
    ['', '/assets/a.css'],
    ['', '/api/rounds'],
    ['', `/${'x'.repeat(2000)}`],
    ['/main', '/'],
    ['/main', '/maintenance'],
    ['/main', '/main/../other'],
  ])('under %j is never %j', (base, wanted) => {
    expect(ownPath(base, wanted)).toBeUndefined();
  });
});

describe('the page that a post came from', () => {
  it('is a page of ours that the browser names', () => {
    expect(ownPageOf('', 'https://a.example', 'https://a.example/note?x=1')).toBe('/note?x=1');
  });

  it.each([undefined, 'nonsense', 'https://b.example/note', 'http://a.example/note', 'https://a.example:8443/note'])(
    'is unknown for %j',
    (referer) => {
      expect(ownPageOf('', 'https://a.example', referer)).toBeUndefined();
    },
  );
});
