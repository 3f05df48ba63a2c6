/** The media types of exported files, by their endings. */

const types: Readonly<Record<string, string>> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

export function contentTypeOf(path: string): string {
  const ending = path.split('.').at(-1) ?? '';
  return types[ending] ?? 'application/octet-stream';
}
