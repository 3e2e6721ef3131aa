export const customers = { title: 'customers' } as const;
