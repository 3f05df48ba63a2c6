/** `node infra/write-bundle.ts <module> <folder>`: bundles the module of a Lambda, and all that it needs, into the folder. */

import { readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { BuildOptions, Loader, Metafile, Plugin } from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));

const options = {
  absWorkingDir: root,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  mainFields: ['module', 'main'],
  minify: true,
  // Japanese as it is: escaped, it takes twice the space.
  charset: 'utf8',
  logLevel: 'warning',
} as const satisfies BuildOptions;

type Files = Readonly<
  Record<string, { readonly imports: readonly { readonly path: string; readonly kind: string }[] } | undefined>
>;

/** All that is loaded with a file. */
function loadedWith(file: string, files: Files, loaded = new Set<string>()): ReadonlySet<string> {
  if (loaded.has(file)) return loaded;
  loaded.add(file);
  for (const { path, kind } of files[file]?.imports ?? [])
    if (kind !== 'dynamic-import') loadedWith(path, files, loaded);
  return loaded;
}

/** By module that is loaded when it is asked for: modules that are there by then. */
function earlierModules(
  entry: string,
  { inputs }: Metafile,
  atStart: ReadonlySet<string>,
): ReadonlyMap<string, readonly string[]> {
  const askedBy = new Map<string, string[]>();
  for (const [path, { imports }] of Object.entries(inputs))
    for (const { path: next, kind } of imports)
      if (kind === 'dynamic-import' && inputs[next]?.format === 'esm' && !atStart.has(next))
        askedBy.set(next, [...(askedBy.get(next) ?? []), path]);
  // Of several that ask for it, nobody knows which one was there.
  return new Map([...askedBy].map(([path, asking]) => [path, asking.length === 1 ? [entry, ...asking] : [entry]]));
}

/** In bytes; to find a smaller file takes longer than to read it. */
const smallestShared = 2000;

/** Modules of ours that lie in small files, because several that are loaded later share them: a start has them as well. */
function sharedInSmallFiles(entry: string, { outputs }: Metafile): string[] {
  const start = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === entry);
  const atStart = start === undefined ? undefined : loadedWith(start[0], outputs);
  return Object.entries(outputs)
    .filter(
      ([path, { entryPoint, bytes }]) =>
        entryPoint === undefined && atStart?.has(path) !== true && bytes < smallestShared,
    )
    .flatMap(([, { inputs }]) => Object.keys(inputs))
    .filter((path) => extname(path) in loaders);
}

/**
 * Modules that a start has in files of their own, each with what it needs: the SDK, the schemas' library, the forms. Together in
 * one file of 900 KB the same code took a tenth more time to the first answer, for the memory that its reading takes at once.
 */
const parts = ['functions/storage/client.ts', 'schemas/round.ts', 'schemas/forms/catalogue.ts'];

const loaders: Readonly<Record<string, Loader>> = { '.ts': 'ts', '.tsx': 'tsx' };

/**
 * Has modules that are loaded later import those that were loaded before them: nothing more is loaded by it, and esbuild, which
 * puts into a file of its own whatever a different set of modules shares, puts into one what is always loaded together. Of a start
 * in 60 files a tenth of its time was finding and linking them.
 */
function importingEarlier(earlier: ReadonlyMap<string, readonly string[]>): Plugin {
  return {
    name: 'importing-earlier',
    setup: (bundling) => {
      const met = new Set<string>();
      // esbuild writes the paths of its metafile with slashes everywhere.
      const byFile = new Map([...earlier].map(([path, modules]) => [join(root, path), modules]));
      bundling.onLoad({ filter: /\.(?:[cm]?js|tsx?)$/ }, async ({ path }) => {
        const modules = byFile.get(path);
        if (modules === undefined) return undefined;
        met.add(path);
        const imports = modules.map((each) => `import ${JSON.stringify(join(root, each))};\n`);
        return {
          contents: `${imports.join('')}${await readFile(path, 'utf8')}`,
          loader: loaders[extname(path)] ?? 'js',
        };
      });
      bundling.onEnd(() => {
        const missed = [...byFile.keys()].filter((path) => !met.has(path));
        if (missed.length > 0) throw new Error(`not bundled as they were found: ${missed.join(', ')}`);
      });
    },
  };
}

async function writeBundle(entry: string, outdir: string): Promise<void> {
  const asked = { ...options, entryPoints: [{ in: entry, out: 'index' }], outdir };
  const { metafile } = await build({ ...asked, minify: false, write: false, metafile: true });
  const atStart = loadedWith(entry, metafile.inputs);
  const earlier = earlierModules(entry, metafile, atStart);
  const ofStart = parts
    .filter((path) => atStart.has(path))
    .map((path) => ({ in: path, out: basename(path, extname(path)) }));
  // What is imported only when it is used lies in files of its own, so that a start reads and compiles nothing of it.
  const split = { ...asked, entryPoints: [...asked.entryPoints, ...ofStart], splitting: true };
  const tried = await build({ ...split, write: false, metafile: true, plugins: [importingEarlier(earlier)] });
  const joined = new Map([...earlier, [entry, sharedInSmallFiles(entry, tried.metafile)] as const]);
  await build({ ...split, plugins: [importingEarlier(joined)] });
}

const [module, folder] = process.argv.slice(2);
if (module === undefined || folder === undefined)
  throw new Error('usage: node infra/write-bundle.ts <module> <folder>');
await writeBundle(module, folder);
