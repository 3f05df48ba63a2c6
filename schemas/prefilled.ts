/** Values that the prefecture holds already (県の把握している値): shown beside a question to be confirmed, and no answers before. */

import * as z from 'zod';
import type { Json } from './values/json.ts';

/** A round has some hundred units, each with a handful of such values. */
export const mostPrefilled = 5000;

export const prefilled = z.lazy(() =>
  z
    .array(
      z.strictObject({
        unit: z.string(),
        form: z.string(),
        /** The id of a question; in a list with the ids of the entries. */
        path: z.string(),
        value: z.custom<Json>((value) => value !== undefined),
      }),
    )
    .max(mostPrefilled),
);
export type Prefilled = z.infer<typeof prefilled>;
