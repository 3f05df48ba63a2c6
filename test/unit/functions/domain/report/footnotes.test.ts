import { describe, expect, it } from 'vitest';
import { open, textsOf } from './saitama.ts';

describe('注', () => {
  it('has the dates and the ways of counting', () => {
    const notes = textsOf(open.before).filter((text) => /^注\d/.test(text));
    expect(notes[0]).toContain('相談支援事業所の設置状況は令和6年4月1日現在');
    expect(notes[1]).toContain(
      '市町村調査票が63市町村中63市町村、協議会活動報告書が37協議会中37協議会である。公表の有無は公表版の目録による。',
    );
    expect(notes[2]).toContain('「事例検討」としたものは公表せず');
    expect(notes.map((note) => note.includes('切り捨てた')).filter(Boolean)).toHaveLength(1);
  });
});
