// What a question says where its address says nothing.
export const WINDOWS = ['1h', '1d', '7d', '30d', '90d', '365d'] as const;
export type Window = (typeof WINDOWS)[number];

export const DEFAULT_LENGTH = 5;
export const DEFAULT_WINDOW: Window = '7d';
export const DEFAULT_DETAIL = 5;
export const DEFAULT_TOP = 15;
