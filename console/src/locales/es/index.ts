import { collect } from './collect';
import { comments } from './comments';
import { customers } from './customers';
import { frame } from './frame';
import { help } from './help';
import { home } from './home';
import { journeys } from './journeys';
import { listening } from './listening';
import { organisation } from './organisation';
import { people } from './people';
import { setup } from './setup';
import { surveys } from './surveys';
import { topics } from './topics';

export const es = {
  frame,
  help,
  home,
  customers,
  journeys,
  listening,
  comments,
  collect,
  organisation,
  people,
  setup,
  surveys,
  topics,
} as const;
