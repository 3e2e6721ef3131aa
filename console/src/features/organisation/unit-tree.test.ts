import { expect, test } from 'vitest';
import type { Unit } from '@/api/client';
import { below, branches } from './unit-tree';

const unit = (name: string, parent: string | null = null, is_in_tree = true): Unit => ({
  name,
  label: name,
  parent,
  kind: null,
  is_in_tree,
  is_seen: true,
});

test('a tree is read from above, and what nobody put into it comes last', () => {
  const units = [unit('Aaa', null, false), unit('Lima', 'PE'), unit('PE'), unit('Cusco', 'PE'), unit('ES')];
  expect(branches(units).map(({ unit: each, level }) => `${level} ${each.name}`)).toEqual([
    '0 ES',
    '0 PE',
    '1 Cusco',
    '1 Lima',
    '0 Aaa',
  ]);
  expect(branches(units).find(({ unit: each }) => each.name === 'PE')?.hasChildren).toBe(true);
});

test('a unit whose parent is not there hangs below the organisation', () => {
  expect(branches([unit('Lima', 'gone')])).toHaveLength(1);
});

test('nothing below a unit can be above it', () => {
  expect([...below([unit('a'), unit('b', 'a'), unit('c', 'b'), unit('d')], 'a')]).toEqual(['a', 'b', 'c']);
});
