import { expect, test } from 'vitest';
import { anchorPosition, pathsHeld, pathsShape } from './paths-question';

test('paths are held at one place; without an activity only at the start', () => {
  expect(pathsHeld({ view: 'paths' })).toBeNull();
  expect(pathsHeld({ view: 'paths', anchor: 'to' })).toBeNull();
  expect(pathsHeld({ view: 'paths', anchor: 'start', start: 'Visit' })).toEqual({ start: true });
  expect(pathsHeld({ view: 'paths', start: 'Visit' })).toEqual({ from_activity: 'Visit' });
  expect(pathsHeld({ view: 'paths', anchor: 'through', start: 'Visit' })).toEqual({ through: 'Visit' });
});

test('the activity stands first, last, or in the middle, nearer to the start', () => {
  expect(anchorPosition(undefined, 5)).toBe(0);
  expect(anchorPosition('to', 5)).toBe(4);
  expect(anchorPosition('through', 5)).toBe(2);
  expect(anchorPosition('through', 4)).toBe(1);
  expect(anchorPosition('start', 5)).toBeNull();
});

test('only what differs from the usual is asked for', () => {
  expect(pathsShape({ view: 'paths' })).toEqual({ length: 5 });
  expect(pathsShape({ view: 'paths', length: 3, inVisit: true, collapsed: true })).toEqual({
    length: 3,
    within: 'visit',
    collapsed: true,
  });
});
