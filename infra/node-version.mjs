/**
 * Loaded before the first TypeScript file (`node --import`), which an older Node could only call an unknown file
 * extension. Plain JavaScript, so that any Node gets as far as the message.
 */

const wanted = 24;
const running = process.versions.node;

if (Number.parseInt(running, 10) < wanted) {
  process.stderr.write(
    `Node ${wanted} が必要ですが、Node ${running} で動いています。npm ci をやり直し（--ignore-scripts は付けない）、` +
      `npm run または npx から実行してください。\n`,
  );
  process.exit(1);
}
