/** Who may use the site: during an incident, the prefecture alone. */

import * as z from 'zod';

export const openTo = z.enum(['everyone', 'prefecture'], { error: 'everyone または prefecture を指定してください。' });
export type OpenTo = z.output<typeof openTo>;
