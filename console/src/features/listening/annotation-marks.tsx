import type { Mark } from './annotations';
import classes from './annotations.module.css';

/** What happened, by the numbers of the list below: a line where it began, and a shade as long as it lasted. */
export function AnnotationMarks({ marks, bottom, row }: { marks: readonly Mark[]; bottom: number; row: number }) {
  return (
    <>
      {marks.map(({ annotation, from, to, row: at }) => (
        <g key={annotation.id}>
          {annotation.last_day !== annotation.first_day && (
            <rect
              x={from}
              width={Math.max(1, to - from)}
              y={at * row + 9}
              height={bottom - at * row - 9}
              className={classes.span}
            />
          )}
          <line x1={from} x2={from} y1={at * row + 9} y2={bottom} className={classes.mark} />
        </g>
      ))}
      {marks.map(({ annotation, number, from, row: at }) => (
        <g key={annotation.id}>
          <title>{annotation.text}</title>
          <circle cx={from} cy={at * row + 9} r={8} className={classes.badge} />
          <text x={from} y={at * row + 12.5} textAnchor="middle" className={classes.number}>
            {number}
          </text>
        </g>
      ))}
    </>
  );
}
