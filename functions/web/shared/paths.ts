/** The one catalogue of the web's URLs. Under a gateway's stage every one begins with the base path. */

const part = encodeURIComponent;

export interface ReturnPlace {
  readonly round: string;
  readonly form: string;
  readonly unit: string;
}

export function createPaths(base: string) {
  const round = (id: string): string => `${base}/rounds/${part(id)}`;
  const ofReturn = ({ round: id, form, unit }: ReturnPlace): string =>
    `${round(id)}/returns/${part(form)}/${part(unit)}`;
  return {
    home: `${base}/`,
    signIn: `${base}/sign-in`,
    /** Leaves for the identity provider. */
    signInStart: `${base}/sign-in/start`,
    signedIn: `${base}/sign-in/callback`,
    signOut: `${base}/sign-out`,
    asset: (name: string) => `${base}/assets/${name}`,

    /** The municipality's return: task list, sections, entries, check, receipt, history. */
    return: ofReturn,
    section: (place: ReturnPlace, section: string) => `${ofReturn(place)}/sections/${part(section)}`,
    entry: (place: ReturnPlace, section: string, entry: string) =>
      `${ofReturn(place)}/sections/${part(section)}/entries/${part(entry)}`,
    check: (place: ReturnPlace) => `${ofReturn(place)}/check`,
    submission: (place: ReturnPlace) => `${ofReturn(place)}/submission`,
    receipt: (place: ReturnPlace) => `${ofReturn(place)}/receipt`,
    withdrawal: (place: ReturnPlace) => `${ofReturn(place)}/withdrawal`,
    help: (place: ReturnPlace) => `${ofReturn(place)}/help`,
    print: (place: ReturnPlace) => `${ofReturn(place)}/print`,
    emptyForm: (place: ReturnPlace) => `${ofReturn(place)}/print/empty`,
    history: (place: ReturnPlace) => `${ofReturn(place)}/history`,
    version: (place: ReturnPlace, version: number) => `${ofReturn(place)}/history/${version}`,

    round,
    review: (place: ReturnPlace) => `${ofReturn(place)}/review`,
    decision: (place: ReturnPlace) => `${ofReturn(place)}/decision`,
    decisions: (id: string) => `${round(id)}/decisions`,
    summary: (id: string) => `${round(id)}/summary`,
    exports: (id: string) => `${round(id)}/exports`,
    export: (id: string, exportId: string) => `${round(id)}/exports/${part(exportId)}`,
    exportFile: (id: string, exportId: string, path: string) => `${round(id)}/exports/${part(exportId)}/files/${path}`,
    releases: (id: string) => `${round(id)}/releases`,
    publication: (id: string, exportId: string) => `${round(id)}/exports/${part(exportId)}/publication`,
    log: (id: string) => `${round(id)}/log`,
    newRound: `${base}/rounds/new`,
    roundSettings: (id: string) => `${round(id)}/settings`,
    directory: `${base}/directory`,
    directoryImport: `${base}/directory/import`,
  };
}

export type Paths = ReturnType<typeof createPaths>;
