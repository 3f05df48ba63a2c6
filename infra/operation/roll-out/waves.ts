/** In which order prefectures get a release, and when that stops. Pure but for what it is given. */

export interface Steps {
  /** Both reject when it fails. */
  readonly deploy: (prefecture: string) => Promise<void>;
  readonly check: (prefecture: string) => Promise<void>;
  readonly say: (line: string) => void;
}

interface Plan {
  readonly canary: string;
  /** Every prefecture; the canary may be among them. */
  readonly prefectures: readonly string[];
  /** How many at the same time. */
  readonly waveSize: number;
}

/** The canary alone, then the others in waves. @throws Error when the plan cannot be followed */
export function wavesOf({ canary, prefectures, waveSize }: Plan): readonly (readonly string[])[] {
  if (!prefectures.includes(canary)) throw new Error(`最初に配備する県「${canary}」の設定がありません。`);
  if (!Number.isInteger(waveSize) || waveSize < 1) throw new Error('一度に配備する数は1以上の整数で指定してください。');
  const others = prefectures.filter((each) => each !== canary);
  const count = Math.ceil(others.length / waveSize);
  return [
    [canary],
    ...Array.from({ length: count }, (_none, wave) => others.slice(wave * waveSize, (wave + 1) * waveSize)),
  ];
}

/**
 * Deploys and checks wave by wave. A wave that has begun is finished, so that no deployment is left half; after one with
 * a failure none begins.
 *
 * @returns whether every prefecture has the release
 */
export async function rollOut(plan: Plan, { deploy, check, say }: Steps): Promise<boolean> {
  const waves = wavesOf(plan);
  for (const [place, wave] of waves.entries()) {
    say(`第${place + 1}波（全${waves.length}波）: ${wave.join('、')}`);
    const ended = await Promise.allSettled(
      wave.map(async (prefecture) => {
        await deploy(prefecture);
        await check(prefecture);
      }),
    );
    const failed = wave.filter((_prefecture, index) => ended[index]?.status === 'rejected');
    for (const [index, each] of ended.entries())
      if (each.status === 'rejected') say(`失敗  ${wave[index]}: ${String(each.reason)}`);
      else say(`完了  ${wave[index]}`);
    if (failed.length > 0) {
      const rest = waves.slice(place + 1).flat();
      say(`${failed.join('、')} に失敗したため、ここで止めます。まだ配備していない県: ${rest.join('、') || 'なし'}`);
      return false;
    }
  }
  return true;
}
