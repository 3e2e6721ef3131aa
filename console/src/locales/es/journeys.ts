export const journeys = { title: 'journeys' } as const;
