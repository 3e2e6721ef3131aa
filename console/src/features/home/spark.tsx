import classes from './home.module.css';
import { placed } from './spark-places';

const WIDTH = 132;
const HEIGHT = 32;

/** A few weeks as a line, the last one as a point beside the band in which it was expected. */
export function Spark({
  values,
  low,
  high,
  label,
}: {
  values: readonly number[];
  low: number;
  high: number;
  label: string;
}) {
  const { points, band } = placed(values, low, high, WIDTH, HEIGHT);
  const last = points.at(-1);
  return (
    <svg className={classes.spark} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} role="img">
      <title>{label}</title>
      <rect className={classes.band} x={0} y={band.y} width={WIDTH} height={band.height} />
      <polyline className={classes.line} points={points.map(({ x, y }) => `${x},${y}`).join(' ')} />
      {last && <circle className={classes.point} cx={last.x} cy={last.y} r={3} />}
    </svg>
  );
}
