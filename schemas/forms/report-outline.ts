/** What the list by municipality (参考資料2) shows of each return, and the forms whose returns stand side by side. */

const survey = 'municipal-survey';
const council = 'council-report';
export const listing = {
  survey: {
    form: survey,
    established: 'establishment.status',
    /** Counts, under short headings. */
    counts: {
      委託: 'consultation.commissioned',
      地域移行: 'consultation.generalTransition',
      地域定着: 'consultation.generalSettlement',
      特定: 'consultation.specific',
      障害児: 'consultation.children',
    },
    choices: { 拠点: 'bases.status', 基幹: 'coreCentre.status' },
  },
  council: {
    form: council,
    operation: 'profile.operation',
    plenaryMeetings: 'plenaryMeetings',
    subcommittees: 'subcommittees',
  },
  sideBySide: ['coordination-meeting'],
} as const;
