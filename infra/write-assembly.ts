import { readFileSync, writeFileSync } from 'node:fs';
import type { App } from 'aws-cdk-lib';

function escaped(letter: string): string {
  return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/**
 * Synthesizes, and writes the templates in ASCII, Japanese as JSON escapes it. CloudFormation does what a template says
 * in any letters, but gives back question marks for all but these; what reads a template back (a changed parameter, a
 * difference, an import) would else be told that every Japanese text has become one of question marks.
 */
export function writeAssembly(app: App): void {
  for (const { templateFullPath } of app.synth().stacks)
    writeFileSync(templateFullPath, readFileSync(templateFullPath, 'utf8').replaceAll(/[\u0080-\uFFFF]/g, escaped));
}
