// What to do about a dead letter, by its code. Pure.

const ADVICE = {
  customer: ['missing_identifier', 'blocked_identifier', 'identifier_too_long'],
  time: ['invalid_time', 'time_out_of_range'],
  text: ['invalid_json', 'invalid_utf8', 'null_character', 'too_deep'],
  kind: ['unknown_kind', 'missing_name', 'invalid_field', 'message_id_too_long'],
  row: ['wrong_column_count'],
  size: ['too_large'],
} as const;

export type Advice = keyof typeof ADVICE | 'other';

export function advisedFor(code: string): Advice {
  const found = (Object.keys(ADVICE) as (keyof typeof ADVICE)[]).find((advice) =>
    (ADVICE[advice] as readonly string[]).includes(code),
  );
  return found ?? 'other';
}
