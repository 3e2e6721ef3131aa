import { describe, expect, test } from 'vitest';
import type { TimelineEvent } from '@/api/client';
import { groupVisits } from './visits';

let seq = 0;
function event(at: string, channel: string | null, more: Partial<TimelineEvent> = {}): TimelineEvent {
  seq += 1;
  return {
    id: `evt_${seq}`,
    seq,
    kind: 'track',
    activity: 'Something',
    channel,
    occurred_at: `2026-03-02T${at}Z`,
    received_at: `2026-03-02T${at}Z`,
    source: 'test',
    objects: [],
    properties: {},
    ...more,
  };
}

describe('a visit', () => {
  test('goes on while gaps stay under thirty minutes, however long it gets', () => {
    const visits = groupVisits([event('10:00:00', 'web'), event('10:29:59', 'web'), event('10:59:58', 'web')]);
    expect(visits).toHaveLength(1);
    expect(visits[0]?.events).toHaveLength(3);
  });

  test('is over after thirty minutes of nothing', () => {
    const visits = groupVisits([event('10:00:00', 'web'), event('10:30:00', 'web')]);
    expect(visits).toHaveLength(2);
    expect(visits[0]?.startedAt).toBe(Date.parse('2026-03-02T10:30:00Z'));
  });

  test('on one channel is not cut by what happens on another', () => {
    const visits = groupVisits([event('10:00:00', 'app'), event('10:05:00', 'store'), event('10:20:00', 'app')]);
    expect(visits.map((visit) => [visit.channel, visit.events.length])).toEqual([
      ['store', 1],
      ['app', 2],
    ]);
  });

  test('is where its events say, as long as they agree', () => {
    const [shop] = groupVisits([event('10:00:00', 'store', { unit: 'MAD-01' }), event('10:01:00', 'store')]);
    expect(shop?.unit).toBe('MAD-01');
    const [both] = groupVisits([
      event('10:00:00', 'store', { unit: 'MAD-01' }),
      event('10:01:00', 'store', { unit: 'MAD-02' }),
    ]);
    expect(both?.unit).toBeNull();
  });
});
