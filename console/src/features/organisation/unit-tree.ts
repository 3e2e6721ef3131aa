// The tree of units in the order in which it is read. Pure.
import type { Unit } from '@/api/client';

export interface Branch {
  unit: Unit;
  /** 0 directly below the organisation. */
  level: number;
  /** Whether units hang under it. */
  hasChildren: boolean;
}

/** Parents before their children, brothers by label; what only events name comes last. */
export function branches(units: readonly Unit[]): Branch[] {
  const known = new Set(units.map((unit) => unit.name));
  const children = new Map<string | null, Unit[]>();
  for (const unit of units) {
    const parent = unit.parent != null && known.has(unit.parent) ? unit.parent : null;
    children.set(parent, [...(children.get(parent) ?? []), unit]);
  }
  const found: Branch[] = [];
  const seen = new Set<string>();
  const walk = (parent: string | null, level: number) => {
    const brothers = [...(children.get(parent) ?? [])].sort(
      (a, b) => Number(b.is_in_tree) - Number(a.is_in_tree) || a.label.localeCompare(b.label),
    );
    for (const unit of brothers) {
      if (seen.has(unit.name)) continue;
      seen.add(unit.name);
      found.push({ unit, level, hasChildren: (children.get(unit.name) ?? []).length > 0 });
      walk(unit.name, level + 1);
    }
  };
  walk(null, 0);
  return found;
}

/** A unit and everything below it: none of them can be above it. */
export function below(units: readonly Unit[], name: string): Set<string> {
  const found = new Set([name]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const unit of units) {
      if (unit.parent != null && found.has(unit.parent) && !found.has(unit.name)) {
        found.add(unit.name);
        grew = true;
      }
    }
  }
  return found;
}
