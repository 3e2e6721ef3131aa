import { collect } from './collect';
import { customers } from './customers';
import { frame } from './frame';
import { home } from './home';
import { journeys } from './journeys';

export const en = { frame, home, customers, journeys, collect } as const;
