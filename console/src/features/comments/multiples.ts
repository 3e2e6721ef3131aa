// Where the parts of a small picture of a share over time stand. Pure.

export interface ShareWithEnds {
  share: number;
  low: number;
  high: number;
}

export interface Multiple {
  /** One line and one band for each run of parts of the period in which enough wrote; a part alone has neither. */
  lines: readonly string[];
  bands: readonly string[];
  points: readonly { x: number; y: number; index: number }[];
}

const round = (value: number) => Math.round(value * 10) / 10;

/** All small pictures of a page have the same scale, from nothing to `most`. */
export function multipleOf(
  shares: readonly (ShareWithEnds | null)[],
  most: number,
  width: number,
  height: number,
): Multiple {
  const step = width / Math.max(1, shares.length);
  const x = (index: number) => round(step * (index + 0.5));
  const y = (share: number) => round(height - (height * Math.min(share, most)) / Math.max(most, 1e-9));
  const drawn = shares.flatMap((share, index) => (share === null ? [] : [{ ...share, index }]));
  const runs: (typeof drawn)[] = [];
  for (const each of drawn) {
    const run = runs.at(-1);
    if (run?.at(-1)?.index === each.index - 1) run.push(each);
    else runs.push([each]);
  }
  const long = runs.filter((run) => run.length > 1);
  const through = (places: readonly string[]) => `M${places.join('L')}`;
  return {
    lines: long.map((run) => through(run.map(({ share, index }) => `${x(index)} ${y(share)}`))),
    bands: long.map((run) => {
      const above = run.map(({ high, index }) => `${x(index)} ${y(high)}`);
      const below = run.map(({ low, index }) => `${x(index)} ${y(low)}`).toReversed();
      return `${through([...above, ...below])}Z`;
    }),
    points: drawn.map(({ share, index }) => ({ x: x(index), y: y(share), index })),
  };
}
