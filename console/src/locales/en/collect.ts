export const collect = { title: 'collect' } as const;
