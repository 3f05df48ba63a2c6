/** The media types of exported files, by their endings. */

const types: ReadonlyMap<string, string> = new Map([
  ['csv', 'text/csv; charset=utf-8'],
  ['json', 'application/json; charset=utf-8'],
  ['jsonld', 'application/ld+json; charset=utf-8'],
  ['txt', 'text/plain; charset=utf-8'],
  ['html', 'text/html; charset=utf-8'],
  ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['pdf', 'application/pdf'],
  ['png', 'image/png'],
  ['jpg', 'image/jpeg'],
  ['parquet', 'application/vnd.apache.parquet'],
  ['zip', 'application/zip'],
  ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
]);

export function contentTypeOf(path: string): string {
  const ending = path.split('.').at(-1) ?? '';
  return types.get(ending) ?? 'application/octet-stream';
}
