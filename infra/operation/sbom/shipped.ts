/** The bill of materials (SBOM, CycloneDX) of what a deployment runs, from that of everything installed. Pure. */

import * as z from 'zod';

const component = z.looseObject({
  'bom-ref': z.string(),
  properties: z.array(z.looseObject({ name: z.string() })).default([]),
});

const bill = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  metadata: z.looseObject({ component }),
  components: z.array(component),
  dependencies: z.array(z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()) })),
});

export type Bill = z.output<typeof bill>;

/** Marks of what only builds or tests, and of what the lockfile does not know. */
const marks = new Set(['cdx:npm:package:development', 'cdx:npm:package:extraneous']);

/** `@scope/name@1.0.0` without its version. */
function nameIn(ref: string): string {
  return ref.slice(0, ref.lastIndexOf('@'));
}

/**
 * Leaves what only builds or tests out. npm's own `--omit dev` also leaves out packages that the application shares with
 * development tools (npm/cli#7909), so it is not used.
 *
 * @param given what `npm sbom --sbom-format cyclonedx` printed, parsed
 * @throws ZodError when it is no such bill
 */
export function shippedOnly(given: unknown): Bill {
  const whole = bill.parse(given);
  const shipped = whole.components.filter(({ properties }) => !properties.some(({ name }) => marks.has(name)));
  // npm 10 lists a package twice that is installed in two places; the format wants each once.
  const components = [...new Map(shipped.map((each) => [each['bom-ref'], each])).values()];
  const own = whole.metadata.component;
  const kept = new Set([own, ...components].map((each) => each['bom-ref']));
  return {
    ...whole,
    // npm takes the name from the folder.
    metadata: { ...whole.metadata, component: { ...own, name: nameIn(own['bom-ref']) } },
    components,
    dependencies: whole.dependencies
      .filter(({ ref }) => kept.has(ref))
      .map((each) => ({ ...each, dependsOn: each.dependsOn.filter((ref) => kept.has(ref)) })),
  };
}
