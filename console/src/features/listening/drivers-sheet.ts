// Every variable as a row for other programs.
import type { Drivers } from '@/api/client';
import { counts, measures, type Sheet, texts, truths } from '@/ui/sheet';

const COLUMNS = [
  ...texts('outcome', 'kind', 'variable', 'value', 'against', 'unit'),
  ...truths('found'),
  ...measures('coefficient', 'low', 'high', 'p', 'adjusted_p', 'importance', 'mean', 'spread', 'standardised', 'vif'),
  ...counts('answers', 'answers_with'),
  ...texts('left_out'),
];
const NUMBERS = 12;

export function driversSheet({ outcome, drivers, left_out }: Pick<Drivers, 'outcome' | 'drivers' | 'left_out'>): Sheet {
  return {
    name: `vivencia-drivers-${outcome.name}`,
    columns: COLUMNS,
    rows: [
      ...drivers.map((driver) => [
        outcome.name,
        driver.kind,
        driver.name,
        driver.value,
        driver.against,
        driver.unit,
        driver.is_found,
        driver.coefficient,
        driver.low,
        driver.high,
        driver.p,
        driver.adjusted_p,
        driver.importance,
        driver.performance,
        driver.spread,
        driver.standardised,
        driver.inflation,
        driver.known,
        driver.with,
        null,
      ]),
      ...left_out.map(({ kind, name, value, against, unit, code }) => [
        outcome.name,
        kind,
        name,
        value,
        against,
        unit,
        null,
        ...Array.from({ length: NUMBERS }, () => null),
        code,
      ]),
    ],
  };
}
