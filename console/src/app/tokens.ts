/** The colours of the console, for both schemes. A hue means experience, from bad to good, or in a comparison more and less. */
export interface Tokens {
  experience: readonly [string, string, string, string, string, string, string, string, string];
  accent: string;
  onAccent: string;
  accentSoft: string;
  paper: string;
  raised: string;
  sunken: string;
  line: string;
  edge: string;
  mark: string;
  ink: string;
  muted: string;
  bad: string;
  badSoft: string;
  /** More and less than what is compared with: neither is good or bad, so neither is a step of experience. */
  more: string;
  less: string;
}

export const LIGHT: Tokens = {
  experience: ['#9C3D26', '#BF5B3C', '#DA8A66', '#EDBFA4', '#EFE7DA', '#B9D8CF', '#7DBDAF', '#3F9A8B', '#1B7366'],
  accent: '#3D4F8F',
  onAccent: '#FFFFFF',
  accentSoft: '#E8EAF4',
  paper: '#FBFAF7',
  raised: '#FFFFFF',
  sunken: '#F4F1EA',
  line: '#E6E1D8',
  edge: '#C9C1B3',
  mark: '#857D71',
  ink: '#22201C',
  muted: '#6A645A',
  bad: '#9C3D26',
  badSoft: '#F9E9E2',
  more: '#7B3F8C',
  less: '#7D6210',
};

export const DARK: Tokens = {
  experience: ['#F2B49C', '#E39477', '#C87455', '#8A5240', '#3A362F', '#2F5B54', '#3F8578', '#5FB3A4', '#92D6C8'],
  accent: '#A9B8F0',
  onAccent: '#171614',
  accentSoft: '#2A2E40',
  paper: '#171614',
  raised: '#211F1C',
  sunken: '#1C1A18',
  line: '#38342E',
  edge: '#575146',
  mark: '#8F877A',
  ink: '#F1EDE6',
  muted: '#A8A094',
  bad: '#F2B49C',
  badSoft: '#3B2620',
  more: '#D3A6E0',
  less: '#D6BA62',
};

/** A colour between two, `part` of the first: what `color-mix(in srgb, …)` makes of them. */
export function mixed(colour: string, other: string, part: number): string {
  const channel = (of: string, at: number) => Number.parseInt(of.slice(at, at + 2), 16);
  const mix = [1, 3, 5].map((at) => Math.round(channel(colour, at) * part + channel(other, at) * (1 - part)));
  return `#${mix.map((each) => each.toString(16).padStart(2, '0')).join('')}`;
}

/** The tokens as CSS variables: `--ink`, `--accent-soft`, `--experience-1` … */
export function cssVariables(tokens: Tokens): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const [name, value] of Object.entries(tokens)) {
    if (typeof value === 'string')
      variables[`--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`] = value;
  }
  tokens.experience.forEach((colour, step) => {
    variables[`--experience-${step + 1}`] = colour;
  });
  return variables;
}
