/** A line over the rounds, broken where one has no figure. The same numbers stand in the table below it. */

const width = 320;
const height = 130;
const margin = { left: 16, right: 16, top: 20, bottom: 22 };
/** Of more points the first and the last alone are named, so that names do not lie over each other. */
const mostNamed = 4;

interface LinePoint {
  readonly name: string;
  /** `null` where there is none. */
  readonly value: number | null;
}

interface Placed extends LinePoint {
  readonly value: number;
  readonly x: number;
  readonly y: number;
}

/** Points beside each other that all have a value. */
export function runsOf(points: readonly LinePoint[]): Placed[][] {
  const values = points.flatMap(({ value }) => value ?? []);
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  const [wide, high] = [width - margin.left - margin.right, height - margin.top - margin.bottom];
  const runs: Placed[][] = [[]];
  points.forEach((point, index) => {
    const { value } = point;
    if (value === null) return void runs.push([]);
    const x = margin.left + (points.length === 1 ? wide / 2 : (wide * index) / (points.length - 1));
    const y = margin.top + (most === least ? high : (high * (most - value)) / (most - least));
    runs.at(-1)?.push({ ...point, value, x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10 });
  });
  return runs.filter((run) => run.length > 0);
}

function anchorOf({ x }: Placed): 'start' | 'middle' | 'end' {
  if (x < width / 4) return 'start';
  return x > (width * 3) / 4 ? 'end' : 'middle';
}

export function LineChart({ title, points }: { title: string; points: readonly LinePoint[] }) {
  const runs = runsOf(points);
  const placed = runs.flat();
  if (placed.length < 2) return <></>;
  const print = (value: number): string => value.toLocaleString('ja');
  const isNamed = (point: Placed): boolean =>
    placed.length <= mostNamed || point === placed[0] || point === placed.at(-1);
  const words = placed.map(({ name, value }) => `${name} ${print(value)}`).join('、');
  return (
    <figure class="line-chart">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${title}のグラフ。${words}`}>
        <line x1={0} x2={width} y1={height - margin.bottom} y2={height - margin.bottom} />
        {runs.map((run) => (
          <polyline points={run.map(({ x, y }) => `${x},${y}`).join(' ')} />
        ))}
        {placed.map((point) => (
          <>
            <circle cx={point.x} cy={point.y} r={3} />
            {isNamed(point) && (
              <>
                <text x={point.x} y={point.y - 7} text-anchor={anchorOf(point)}>
                  {print(point.value)}
                </text>
                <text x={point.x} y={height - 6} text-anchor={anchorOf(point)}>
                  {point.name}
                </text>
              </>
            )}
          </>
        ))}
      </svg>
      <figcaption class="hint">縦の目盛りは0から。数のない調査では線が切れます。</figcaption>
    </figure>
  );
}
