import { describe, expect, test } from 'vitest';
import { answersOf, draftOf, type MetricDraft, readDraft } from './metric-draft';

const WRITTEN: MetricDraft = {
  ...draftOf(null),
  name: 'warmth',
  property: ' warmth ',
  es: 'cálido',
  en: 'warm',
  source: 'ours',
  answers: '5 5 4,5 1',
  score: '75',
};

describe('a metric that is being written', () => {
  test('answers stand one after the other, or with how many gave them', () => {
    expect(answersOf('5 5 3')).toEqual([
      { answer: 5, count: 2 },
      { answer: 3, count: 1 },
    ]);
    expect(answersOf(' 4,5×10; −1x2 ')).toEqual([
      { answer: 4.5, count: 10 },
      { answer: -1, count: 2 },
    ]);
    expect(answersOf('5 many')).toBeNull();
    expect(answersOf('5×0')).toBeNull();
    expect(answersOf('5×1,5')).toBeNull();
  });

  test('only the bounds of its formula are sent', () => {
    const bounds = (change: Partial<MetricDraft>) => {
      const read = readDraft({ ...WRITTEN, ...change });
      return read && [read.detractors_to, read.promoters_from, read.top_from];
    };
    expect(bounds({})).toEqual([undefined, undefined, 4]);
    expect(bounds({ formula: 'mean' })).toEqual([undefined, undefined, undefined]);
    expect(bounds({ formula: 'net_share', to: '2' })).toEqual([2, 4, undefined]);
    expect(bounds({ formula: 'net_share' })).toBeNull();
    expect(bounds({ from: '' })).toBeNull();
    expect(bounds({ score: 'much' })).toBeNull();
    expect(bounds({ answers: '' })).toBeNull();
  });

  test('what is kept comes back as it was written', () => {
    const read = readDraft(WRITTEN);
    expect(read?.property).toBe('warmth');
    const kept = read && { ...read, name: 'warmth', is_own: true, range: [0, 100] };
    expect(kept && readDraft(draftOf(kept))).toEqual(read);
  });
});
