// Drawn for the console, one stroke of one weight, so that they sit beside text without competing with it.
const SHAPES = {
  home: 'M3 8l6-5 6 5v7H3z',
  customers: 'M9 9a3 3 0 100-6 3 3 0 000 6zM3 16c0-3 3-5 6-5s6 2 6 5',
  journeys: 'M3 14c4 0 2-9 6-9s2 9 6 9',
  listening: 'M3 4h12v8.5H9L5.5 15.5v-3H3zM6 7h6M6 9.5h4',
  drivers: 'M9 2.5v13M9 5h5v2.5H9M9 10.5H3.5V13H9',
  topics: 'M3 9.5V3.5h6l6 6-6 6zM6 6.2h.6',
  comments: 'M3 3.5h12v9H8l-3.5 3v-3H3zM6 6.5h6M6 9.5h3.5',
  surveys: 'M4 2.5h10v13H4zM6.5 6h1M9 6h3M6.5 9h1M9 9h3M6.5 12h1M9 12h3',
  people:
    'M6.5 8.5a2.5 2.5 0 100-5 2.5 2.5 0 000 5zM2 15c0-3 2-4.5 4.5-4.5S11 12 11 15M12 8.5a2.2 2.2 0 100-4.4M13 10.7c1.9.4 3 1.9 3 4.3',
  sources: 'M9 2v9M5.5 7.5L9 11l3.5-3.5M3 12v3.5h12V12',
  organisation: 'M3 15.5V5l6-2.5L15 5v10.5zM6.5 8h1M10.5 8h1M6.5 11h1M10.5 11h1M8 15.5V13.5h2v2',
  search: 'M8 13A5 5 0 108 3a5 5 0 000 10zM12 12l3.5 3.5',
  sun: 'M9 12a3 3 0 100-6 3 3 0 000 6zM9 1.8v1.6M9 14.6v1.6M1.8 9h1.6M14.6 9h1.6M3.9 3.9L5 5M13 13l1.1 1.1M14.1 3.9L13 5M5 13l-1.1 1.1',
  moon: 'M14.5 10.8A6.2 6.2 0 017.2 3.5a6.2 6.2 0 107.3 7.3z',
  calendar: 'M3 4.5h12v10.5H3zM3 8h12M6 2.5v3M12 2.5v3',
  channels: 'M3 5h12M3 9h12M3 13h12M6 3.2v3.6M12 7.2v3.6M8 11.2v3.6',
  filter: 'M2.5 4h13M5 9h8M7.5 14h3',
  save: 'M4.5 2.5h9v13L9 12l-4.5 3.5z',
  chevron: 'M5 7l4 4 4-4',
  left: 'M11 5L7 9l4 4',
  up: 'M5 11l4-4 4 4',
  right: 'M7 5l4 4-4 4',
  close: 'M4.5 4.5l9 9M13.5 4.5l-9 9',
  plus: 'M9 3.5v11M3.5 9h11',
  minus: 'M3.5 9h11',
  fit: 'M3 6.5V3h3.5M11.5 3H15v3.5M15 11.5V15h-3.5M6.5 15H3v-3.5',
  download: 'M9 2.5v8.5M5.5 8L9 11.5 12.5 8M3 15h12',
  upload: 'M9 11.5V3M5.5 6.5L9 3l3.5 3.5M3 15h12',
  copy: 'M6 6h9v9H6zM3 12V3h9',
  check: 'M3.5 9.5l3.5 3.5 7.5-8',
  undo: 'M6 3L3 6l3 3M3 6h7a4.5 4.5 0 010 9H6',
  key: 'M6 12a3 3 0 100-6 3 3 0 000 6zM9 9h6.5M13 9v3',
  letter: 'M2.5 4.5h13v9h-13zM2.5 5l6.5 5 6.5-5',
  plug: 'M6.5 2.5v4M11.5 2.5v4M4.5 6.5h9v2a4.5 4.5 0 01-9 0zM9 13v3',
  leave: 'M7 3H3v12h4M7.5 9H15M12 6l3 3-3 3',
  refresh: 'M14.5 7A6 6 0 003.6 6.6M3.5 3v3.6h3.6M3.5 11a6 6 0 0010.9.4M14.5 15v-3.6h-3.6',
  map: 'M3 4h4v3H3zM11 4h4v3h-4zM7 11h4v3H7zM7 5.5h4M9 7v4',
  paths: 'M2.5 4c6 0 6 2 13 2M2.5 9h13M2.5 14c6 0 6-2 13-2',
  funnel: 'M2.5 3.5h13l-5 6v5l-3 1.5V9.5z',
  table: 'M3 4h12v10H3zM3 7.5h12M3 11h12M7.5 4v10',
} as const;

export type IconName = keyof typeof SHAPES;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      viewBox="0 0 18 18"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      style={{ flex: 'none' }}
    >
      <path d={SHAPES[name]} />
    </svg>
  );
}

export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" style={{ flex: 'none' }}>
      <path d="M3 16c5 0 4-9 9-9s4 9 9 9" fill="none" stroke="var(--accent)" strokeWidth="2.4" strokeLinecap="round" />
      <circle cx="12" cy="7" r="3" fill="var(--experience-9)" />
    </svg>
  );
}
