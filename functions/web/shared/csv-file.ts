/** A CSV that is saved under a name in Japanese, and one for programs that know no other letters. */

import { contentTypeOf } from '../../domain/content-types.ts';
import { attachmentNamed } from '../../domain/download-name.ts';

export function csvFile(text: string, name: string, plainName: string): Response {
  return new Response(text, {
    headers: { 'content-type': contentTypeOf(plainName), 'content-disposition': attachmentNamed(name, plainName) },
  });
}
