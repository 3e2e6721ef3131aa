// Whom to invite, out of what somebody pastes: an identifier a line, or a table with the names of its columns first. Pure.
import { readCsv } from '@/ui/sheet';

/** How the interface calls the identifiers that people paste. */
export const IDENTIFIERS = ['user_id', 'email', 'phone', 'loyalty_card'] as const;
type Identifier = (typeof IDENTIFIERS)[number];

export interface Person {
  identifiers: Record<string, string>;
  traits: Record<string, string>;
  touchpoint?: string;
  unit?: string;
}

export interface PastedPeople {
  people: Person[];
  /** Lines that say nobody. */
  empty: number;
  /** Columns that became traits, so that somebody sees what a misspelt name became. */
  traits: string[];
}

const SEPARATORS = ['\t', ';', ','] as const;

function asIdentifier(name: string): Identifier | undefined {
  return IDENTIFIERS.find((each) => each === name);
}

/** What a value looks like: an e-mail, a telephone, otherwise the name that the organisation's systems have for the customer. */
function kindOf(value: string): Identifier {
  if (/^[^@\s]+@[^@\s]+$/.test(value)) return 'email';
  if (/^\+[\d\s().-]{6,}$/.test(value)) return 'phone';
  return 'user_id';
}

/** Reads what was pasted. A first line that names an identifier is the head of a table; otherwise each line is an identifier. */
export function readPeople(text: string): PastedPeople {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const [first = ''] = lines;
  const separator = SEPARATORS.find((each) => first.includes(each)) ?? ',';
  const cells = (line: string) =>
    (readCsv(separator === ',' ? line : line.replaceAll(separator, ','))[0] ?? []).map((cell) => cell.trim());
  const head = cells(first).map((name) => name.toLowerCase());
  if (!head.some(asIdentifier)) {
    const people = lines
      .map((line) => line.trim())
      .map((value): Person => ({ identifiers: { [kindOf(value)]: value }, traits: {} }));
    return { people, empty: 0, traits: [] };
  }
  const people = lines.slice(1).map((line): Person => {
    const person: Person = { identifiers: {}, traits: {} };
    for (const [at, value] of cells(line).entries()) {
      const name = head[at];
      if (!name || value === '') continue;
      if (asIdentifier(name)) person.identifiers[name] = value;
      else if (name === 'touchpoint' || name === 'unit') person[name] = value;
      else person.traits[name] = value;
    }
    return person;
  });
  const known = people.filter(({ identifiers }) => Object.keys(identifiers).length > 0);
  const isSubject = (name: string) => name === 'touchpoint' || name === 'unit';
  return {
    people: known,
    empty: people.length - known.length,
    traits: head.filter((name) => name !== '' && !asIdentifier(name) && !isSubject(name)),
  };
}

/** People in batches that the interface takes at once. */
export function batches<T>(items: readonly T[], most = 1000): T[][] {
  return Array.from({ length: Math.ceil(items.length / most) }, (_, at) => items.slice(at * most, (at + 1) * most));
}
