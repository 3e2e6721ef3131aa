// What is drawn of drivers: how well each went, and where it stands. Pure.
import type { Driver, Drivers } from '@/api/client';

/** The lowest and the highest answer of the scores that have a scale of their own. */
const SCALES: Readonly<Record<string, readonly [number, number]>> = {
  nps: [0, 10],
  csat: [1, 5],
  ces: [1, 7],
  rating: [1, 5],
};
/** A change of a wait is told by so many minutes: of one it would be too small to read. */
const MINUTES = 10;

/** By how much of a variable a change is told. */
export function perUnit({ unit }: Driver): number {
  return unit === 'minutes' ? MINUTES : 1;
}

/**
 * In which share of answers it went well, 0 to 1: a score by how high it stands on its scale, everything else by how many did or
 * did not live it, whichever goes with more of the outcome. None of a number without a scale.
 */
export function performanceOf({ kind, name, performance, coefficient, with: having, known }: Driver): number | null {
  if (kind === 'score') {
    const scale = SCALES[name];
    if (!scale) return null;
    const part = (performance - scale[0]) / (scale[1] - scale[0]);
    return coefficient < 0 ? 1 - part : part;
  }
  if (kind === 'property' || known === 0) return null;
  const share = having / known;
  return coefficient < 0 ? 1 - share : share;
}

/** The change that goes with one standard deviation: what makes variables of different units comparable. */
export function usualChange({ coefficient, low, high, spread }: Driver) {
  return { value: coefficient * spread, low: low * spread, high: high * spread };
}

/** How far the axis of changes reaches on either side of zero. */
export function reachOf(drivers: readonly Driver[]): number {
  const ends = drivers.flatMap((driver) => {
    const { low, high } = usualChange(driver);
    return [Math.abs(low), Math.abs(high)];
  });
  return Math.max(1e-9, ...ends);
}

export interface Place {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface QuadrantPoint {
  /** As the list numbers it, from 1. */
  number: number;
  driver: Driver;
  performance: number;
  x: number;
  y: number;
}

export interface Quadrants {
  points: readonly QuadrantPoint[];
  /** Where performance and importance are as usual. */
  middle: { x: number; y: number };
  most: number;
}

/** Points whose numbers would hide each other are moved apart at most so often. */
const NUDGES = 60;
const APART = 20;
/** Room below the least important point, for the names of the lower quadrants. */
const FOOT = 34;

/** Everything of which performance can be told: performance across, importance up. */
export function quadrantsOf({ drivers }: Pick<Drivers, 'drivers'>, place: Place): Quadrants {
  const told = drivers.flatMap((driver, index) => {
    const performance = performanceOf(driver);
    return performance === null ? [] : [{ number: index + 1, driver, performance }];
  });
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const most = Math.max(1e-9, ...told.map(({ driver }) => driver.importance));
  const x = (performance: number) => place.left + (place.right - place.left) * performance;
  const y = (importance: number) =>
    place.bottom - FOOT - (place.bottom - FOOT - place.top) * (importance / most) * 0.94;
  const points = told.map((each) => ({ ...each, x: x(each.performance), y: y(each.driver.importance) }));
  return {
    points: movedApart(points, place),
    middle: {
      x: x(told.length === 0 ? 0.5 : mean(told.map(({ performance }) => performance))),
      y: y(told.length === 0 ? most / 2 : mean(told.map(({ driver }) => driver.importance))),
    },
    most,
  };
}

/** Points that lie on each other are moved sideways until both numbers can be read. */
function movedApart(points: readonly QuadrantPoint[], place: Place): QuadrantPoint[] {
  const moved = points.map((point) => ({ ...point }));
  for (let nudge = 0; nudge < NUDGES; nudge += 1) {
    let isApart = true;
    for (const [at, one] of moved.entries()) {
      for (const other of moved.slice(at + 1)) {
        const distance = Math.hypot(one.x - other.x, one.y - other.y);
        if (distance >= APART) continue;
        isApart = false;
        const step = (APART - distance) / 2 + 0.5;
        const side = one.x <= other.x ? -1 : 1;
        one.x += side * step;
        other.x -= side * step;
      }
    }
    for (const point of moved) point.x = Math.min(place.right - 10, Math.max(place.left + 10, point.x));
    if (isApart) break;
  }
  return moved.map((point) => ({ ...point, x: Math.round(point.x * 10) / 10, y: Math.round(point.y * 10) / 10 }));
}
