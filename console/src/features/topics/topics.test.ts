import { describe, expect, it } from 'vitest';
import type { Topic } from '@/api/client';
import { draftOf, editOf, editsWith, idOf, isReady, newDraft, saysNothing } from './topics';

const shipped = {
  name: { es: 'Espera', en: 'Waiting' },
  expressions: { es: [], en: [] },
  examples: { es: [], en: [] },
};
const waiting: Topic = { id: 'waiting', name: shipped.name, is_hidden: false, shipped };
const edit = { id: 'loyalty', name: { es: 'Puntos', en: 'Points' }, expressions: { es: ['puntos'], en: [] } };
const loyalty: Topic = { id: 'loyalty', name: edit.name, is_hidden: false, edit };

describe('a draft of a topic', () => {
  it('is called by its name in English, without what ids do not have', () => {
    expect(idOf('Café & té: «frío»')).toBe('cafe_te_frio');
    const draft = { ...newDraft, name: { es: 'Puntos del club', en: '' } };
    expect(editOf(draft).id).toBe('puntos_del_club');
    expect(editOf({ ...draft, name: { es: 'Puntos', en: 'Loyalty points' } }).id).toBe('loyalty_points');
  });

  it('is what it was when nothing is written', () => {
    const again = editOf(draftOf(loyalty));
    expect(again.expressions).toEqual({ es: ['puntos'], en: [] });
    expect(saysNothing(editOf(draftOf(waiting)))).toBe(true);
    expect(saysNothing(again)).toBe(false);
  });

  it('leaves empty lines out', () => {
    const draft = { ...draftOf(loyalty), expressions: { es: ' puntos \n\n tarjeta\n', en: '' } };
    expect(editOf(draft).expressions?.es).toEqual(['puntos', 'tarjeta']);
  });

  it('needs names and an expression where the program brings none', () => {
    expect(isReady(draftOf(waiting), waiting)).toBe(true);
    expect(isReady(draftOf(loyalty), loyalty)).toBe(true);
    expect(isReady({ ...newDraft, name: { es: 'Puntos', en: 'Points' } }, undefined)).toBe(false);
    expect(isReady({ ...draftOf(loyalty), name: { es: 'Puntos', en: ' ' } }, loyalty)).toBe(false);
  });
});

it('one topic changes and the others stay as they are', () => {
  const changed = { ...edit, expressions: { es: ['tarjeta'], en: [] } };
  expect(editsWith([waiting, loyalty], 'loyalty', changed)).toEqual([changed]);
  expect(editsWith([waiting, loyalty], 'loyalty', null)).toEqual([]);
  expect(editsWith([waiting, loyalty], 'waiting', { id: 'waiting', is_hidden: true })).toHaveLength(2);
});
