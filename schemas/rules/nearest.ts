/** The nearest of the known names to one that is not, for 「…」ですか。 */

/** How many characters must be put in, left out or changed. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

function lastNumber(name: string): number {
  return Number(/\d+(?=\D*$)/.exec(name)?.[0] ?? Number.NaN);
}

/** By numbers where both end in one (問9 is nearest to 問8), else by letters. */
function nearest(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(name.length / 2)) + 0.5;
  for (const each of known) {
    // What is called so elsewhere is no mending: it is not known here.
    if (each === name) continue;
    const shared = Math.min(name.length, each.length);
    const isPart = shared > 1 && (each.includes(name) || name.includes(each));
    // Of several parts the longest: 集計のみ公表 is 集計のみ, not 公表.
    const letters = isPart ? 1 - shared / 1000 : distance(name, each);
    const apart = Math.abs(lastNumber(name) - lastNumber(each));
    const away = letters + (Number.isNaN(apart) ? 0 : Math.min(apart, 400) / 1000);
    if (away < least) {
      least = away;
      best = each;
    }
  }
  return best;
}

/** 「問8」ですか。 or nothing. */
export function hint(name: string, known: Iterable<string>): string {
  const found = nearest(name, known);
  return found === undefined ? '' : `「${found}」ですか。`;
}
