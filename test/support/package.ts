/** What is wrong with the package of a docx or xlsx: what a word processor would refuse to open, or repair. */

import { posix } from 'node:path';
import { malformedAt } from './markup.ts';

function attributes(xml: string, element: string): Map<string, string>[] {
  const elements = xml.match(new RegExp(`<${element} [^>]*>`, 'gu')) ?? [];
  return elements.map(
    (each) =>
      new Map(
        [...each.matchAll(/(?<name>[\w:]+)="(?<value>[^"]*)"/gu)].map(({ groups }) => [
          groups?.['name'] ?? '',
          groups?.['value'] ?? '',
        ]),
      ),
  );
}

/** The part whose relations a `.rels` part has; of the package itself, ''. */
function ownerOf(relations: string): string {
  return relations.replace(/_rels\/(?<name>[^/]*)\.rels$/u, '$<name>');
}

function relationProblems(name: string, xml: string, parts: ReadonlyMap<string, string>): string[] {
  const owner = ownerOf(name);
  const relations = attributes(xml, 'Relationship').filter((each) => each.get('TargetMode') !== 'External');
  const ids = relations.map((each) => each.get('Id') ?? '');
  const missing = relations.flatMap((each) => {
    const target = posix.join(posix.dirname(owner), each.get('Target') ?? '');
    return parts.has(target.replace(/^\//u, '')) ? [] : [`${name}: no ${target}`];
  });
  const used = [...(parts.get(owner) ?? '').matchAll(/ r:(?:id|embed)="(?<id>[^"]*)"/gu)].map(
    (match) => match.groups?.['id'] ?? '',
  );
  return [
    ...missing,
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${name}: ${id} twice`),
    ...used.filter((id) => !ids.includes(id)).map((id) => `${owner}: no relation ${id}`),
  ];
}

function typeProblems(types: string, parts: ReadonlyMap<string, string>): string[] {
  const extensions = new Set(attributes(types, 'Default').map((each) => each.get('Extension')));
  const overrides = attributes(types, 'Override').map((each) => (each.get('PartName') ?? '').slice(1));
  const names = [...parts.keys()].filter((name) => name !== '[Content_Types].xml');
  return [
    ...names
      .filter((name) => !overrides.includes(name) && !extensions.has(name.split('.').at(-1)))
      .map((name) => `${name} has no content type`),
    ...overrides.filter((name) => !parts.has(name)).map((name) => `a content type for ${name}, which is not there`),
    ...overrides
      .filter((name, index) => overrides.indexOf(name) !== index)
      .map((name) => `two content types for ${name}`),
  ];
}

/** Parts that are no XML, relations without a target or used without being there, parts without a content type. */
export function packageProblems(bytes: ReadonlyMap<string, Buffer>): string[] {
  const parts = new Map([...bytes].map(([name, content]) => [name, content.toString('utf8')]));
  const problems = typeProblems(parts.get('[Content_Types].xml') ?? '', parts);
  for (const [name, text] of parts) {
    const bad = malformedAt(text);
    if (bad !== undefined) problems.push(`${name}: ${bad}`);
    if (name.endsWith('.rels')) problems.push(...relationProblems(name, text, parts));
  }
  return problems;
}
