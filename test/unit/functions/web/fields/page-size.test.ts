import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { councilReport2024 } from '../../../../../schemas/forms/council-report/v2024.ts';
import { municipalSurvey2024 } from '../../../../../schemas/forms/municipal-survey/v2024.ts';
import type { Form } from '../../../../../schemas/form.ts';
import type { Json } from '../../../../../schemas/values/json.ts';
import { coordinationMeeting2024 } from '../../../../../schemas/forms/coordination-meeting/v2024.ts';
import { renderSection } from '../../../../support/render-fields.tsx';

describe('the longest pages', () => {
  const long = (length: number): string => '長'.repeat(length);
  const many = <T>(count: number, make: (index: number) => T): T[] =>
    Array.from({ length: count }, (_, index) => make(index));
  const municipalities = many(63, (index) => ({
    code: String(110000 + index),
    name: `長い名前の市${index}`,
    kind: 'city',
  }));

  it.each([
    [
      'a body with 120 meetings',
      councilReport2024,
      'bodies',
      'bodies.b',
      { sessions: many(120, (i) => ({ id: `s${i}`, title: `第${i}回`, heldOn: '2024-09-30' })) },
    ],
    [
      'a meeting with 30 items',
      councilReport2024,
      'bodies.sessions',
      'bodies.b.sessions.s',
      { items: many(30, (i) => ({ id: `item${i}`, kind: 'agenda', text: long(100) })) },
    ],
    [
      'a profile with 50 events and 20 partners',
      councilReport2024,
      'profile',
      'profile',
      {
        events: many(50, (i) => ({ id: `e${i}`, name: long(30), heldOn: '2024-09' })),
        partners: many(20, (i) => ({ id: `p${i}`, name: long(20) })),
      },
    ],
    [
      'a meeting with 8 items',
      councilReport2024,
      'bodies.sessions',
      'bodies.b.sessions.s',
      { items: many(8, (i) => ({ id: `item${i}`, kind: 'agenda', text: long(1000) })) },
    ],
    [
      'a profile with 12 events and 12 partners',
      councilReport2024,
      'profile',
      'profile',
      {
        events: many(12, (i) => ({ id: `e${i}`, name: long(30), heldOn: '2024-09' })),
        partners: many(12, (i) => ({ id: `p${i}`, name: long(20), role: long(100) })),
      },
    ],
    [
      '30 core centres',
      municipalSurvey2024,
      'coreCentre',
      'coreCentre',
      { centres: many(30, (i) => ({ id: `c${i}`, name: long(20) })) },
    ],
    ['a core centre', municipalSurvey2024, 'coreCentre.centres', 'coreCentre.centres.c', {}],
    ['a section with every municipality', municipalSurvey2024, 'bases', 'bases', {}],
    [
      '20 coordination meetings',
      coordinationMeeting2024,
      'holding',
      'holding',
      { meetings: many(20, (i) => ({ id: `m${i}`, name: long(30) })) },
    ],
  ] satisfies [string, Form, string, string, { [key: string]: Json | undefined }][])(
    '%s stays within 60 KB as it is sent',
    (_, form, id, base, value) => {
      const around = 2000;
      const html = renderSection(form, id, value, { municipalities }, base);
      expect(gzipSync(html).byteLength + around).toBeLessThan(60_000);
      // What a page is to a browser that takes it apart.
      expect(Buffer.byteLength(html)).toBeLessThan(1_000_000);
    },
  );
});
