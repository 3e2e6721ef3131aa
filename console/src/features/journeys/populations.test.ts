import { expect, test } from 'vitest';
import { populations } from './populations';

test('a question without comparison is about its segment, and so is another period', () => {
  expect(populations(undefined, undefined, undefined)).toEqual({ own: {}, other: {} });
  expect(populations('seg_1', 'before', undefined)).toEqual({
    own: { segment: ['seg_1'] },
    other: { segment: ['seg_1'] },
  });
});

test('nobody stands on both sides', () => {
  expect(populations('seg_1', 'rest', undefined).other).toEqual({ without_segment: ['seg_1'] });
  expect(populations('seg_1', 'segment', 'seg_2')).toEqual({
    own: { segment: ['seg_1'], without_segment: ['seg_2'] },
    other: { segment: ['seg_2'], without_segment: ['seg_1'] },
  });
  expect(populations(undefined, 'segment', 'seg_2')).toEqual({
    own: { without_segment: ['seg_2'] },
    other: { segment: ['seg_2'] },
  });
});

test('what is not chosen yet is compared with nothing', () => {
  expect(populations('seg_1', 'segment', undefined).other).toBeNull();
  expect(populations('seg_1', 'segment', 'seg_1').other).toBeNull();
  expect(populations(undefined, 'rest', undefined).other).toBeNull();
});
