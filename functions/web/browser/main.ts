/** The script of a page that asks no form, or one without a script of its own. */

import { runPage } from './run-page.ts';

runPage(() => undefined);
