// Shapes of the interface that its description does not have yet.
import type createClient from 'openapi-fetch';
import { api } from './client';

export interface ChannelCount {
  name: string;
  events: number;
}

type Asked<Query, Answered> = {
  get: {
    parameters: { query?: Query };
    responses: { 200: { content: { 'application/json': Answered } } };
  };
};

interface ComingPaths {
  '/api/v1/channels': Asked<never, { channels: ChannelCount[] }>;
}

export const coming = api as unknown as ReturnType<typeof createClient<ComingPaths>>;
