/** Zod's own messages in Japanese, for every schema that does not word its own. */

import * as z from 'zod';
import ja from 'zod/v4/locales/ja.js';

export function speakJapanese(): void {
  z.config(ja());
}
