/**
 * What happens in a month, from how many municipalities there are and how the questionnaires are built. Every number
 * that is not counted is an assumption, stated here once.
 */

import type { Form } from '../../../schemas/form.ts';

export interface Prefecture {
  readonly municipalities: number;
}

/** `idle`: nothing is being answered. `busy`: every return is answered, submitted and looked at. */
export type Season = 'idle' | 'busy';

/** Councils and offices there are for each municipality; Saitama has 37 councils for 63. */
const unitsPerMunicipality = { municipality: 1, council: 0.6, welfareOffice: 1 } as const;

const people = { ofMunicipality: 2, ofPrefecture: 4 };

/** Of one return, in the month in which it is answered. */
const answering = { visits: 3, autosavesPerSection: 8, entriesPerList: 6, corrections: 0.3 };

/** Of one officer of the prefecture: days at work here, and pages a day. */
const reviewing = { idle: { days: 4, pages: 20 }, busy: { days: 20, pages: 80 } } as const;

/** Sign-ins of one municipality's people in a month without a round. */
const idleSignIns = 0.5;

/** Requests of one sign-in: home, sign-in, departure, arrival, home, style sheet, script. */
const signInRequests = 7;

/** Exports asked for by hand; the daily ones come on every day of a busy month, in which a round is open. */
const exportsByHand = { idle: 1, busy: 10 } as const;
const days = 30;
const filesOfExport = 60;
/** Rounds that are kept. */
const rounds = 5;

export interface Month {
  readonly returns: number;
  readonly activeUsers: number;
  readonly signIns: number;
  /** Of the web and the API, assets included. */
  readonly requests: number;
  /** Of those, ones that save answers. */
  readonly saves: number;
  readonly submissions: number;
  readonly exports: number;
  readonly exportMegabytes: number;
  readonly filesWritten: number;
  readonly filesRead: number;
  /** Kept at the end of the month, after as many rounds as are kept. */
  readonly tableGigabytes: number;
  readonly fileGigabytes: number;
  readonly newFileGigabytes: number;
}

function unitsOf({ municipalities }: Prefecture, form: Pick<Form, 'units'>): number {
  return Math.round(municipalities * unitsPerMunicipality[form.units]);
}

/** Pages on which a return is answered: its sections, and each entry of a list its own. */
function pagesOf({ sections }: Pick<Form, 'sections'>): number {
  return sections.reduce((sum, { definition }) => sum + (definition.kind === 'list' ? answering.entriesPerList : 1), 0);
}

/** Whole numbers where things are counted. */
export function monthOf(
  prefecture: Prefecture,
  season: Season,
  forms: readonly Pick<Form, 'units' | 'sections'>[],
): Month {
  const { municipalities } = prefecture;
  const isBusy = season === 'busy';
  const returns = forms.reduce((sum, form) => sum + unitsOf(prefecture, form), 0);
  const answeredPages = forms.reduce((sum, form) => sum + unitsOf(prefecture, form) * pagesOf(form), 0);
  const submissions = isBusy ? Math.round(returns * (1 + answering.corrections)) : 0;
  const saves = isBusy ? answeredPages * (answering.autosavesPerSection + 1) : 0;
  // To see a section and to come back from saving it; the list of sections at each visit; check, submission, receipt, print.
  const seen = isBusy ? answeredPages * 2 + returns * (answering.visits + 4) : 0;
  const { days: officeDays, pages } = reviewing[season];
  const reviews = people.ofPrefecture * officeDays * pages + submissions * 3;
  const municipalSignIns = isBusy ? returns * answering.visits : Math.round(municipalities * idleSignIns);
  const signIns = municipalSignIns + people.ofPrefecture * officeDays;
  const exports = exportsByHand[season] + (isBusy ? days : 0);
  const exportMegabytes = 5 + returns * 0.03;
  const exportsOfYear = (exportsByHand.busy + days) * 2 + exportsByHand.idle * 10;
  return {
    returns,
    activeUsers: (isBusy ? municipalities * people.ofMunicipality : municipalSignIns) + people.ofPrefecture,
    signIns,
    requests: saves + seen + reviews + signIns * signInRequests,
    saves,
    submissions,
    exports,
    exportMegabytes,
    filesWritten: exports * filesOfExport,
    // Read back after the upload, and a tenth of them taken away.
    filesRead: Math.round(exports * filesOfExport * 1.1),
    // Draft, one and a third versions, and the log: about 40 KB each.
    tableGigabytes: (returns * rounds * 40) / 1024 ** 2,
    fileGigabytes: (exportsOfYear * rounds * exportMegabytes) / 1024,
    newFileGigabytes: (exports * exportMegabytes) / 1024,
  };
}
