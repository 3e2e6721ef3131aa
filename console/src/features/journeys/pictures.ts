import { lazyRouteComponent } from '@tanstack/react-router';
import { VIEW_MODULES } from './view-modules';

/** Drawn at once where their module is already here. */
export const PICTURES = {
  behind: lazyRouteComponent(VIEW_MODULES.behind, 'BehindView'),
  map: lazyRouteComponent(VIEW_MODULES.map, 'MapView'),
  paths: lazyRouteComponent(VIEW_MODULES.paths, 'PathsView'),
  funnel: lazyRouteComponent(VIEW_MODULES.funnel, 'FunnelView'),
  retention: lazyRouteComponent(VIEW_MODULES.retention, 'RetentionView'),
  lifeCycle: lazyRouteComponent(VIEW_MODULES.lifeCycle, 'LifeCycleView'),
  attribution: lazyRouteComponent(VIEW_MODULES.attribution, 'AttributionView'),
  effort: lazyRouteComponent(VIEW_MODULES.effort, 'EffortView'),
  frictions: lazyRouteComponent(VIEW_MODULES.frictions, 'FrictionsView'),
};
