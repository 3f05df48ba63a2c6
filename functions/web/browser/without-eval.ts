/**
 * Nothing on our pages makes code from text, and the policy forbids to try: zod is told so before anything asks it for
 * a schema. Hence the first import of a script.
 */

import * as z from 'zod/mini';

z.config({ jitless: true });
