/** The routes of API 1.50 that are modelled, in the order in which they are tried. */
import { archiveRoutes } from './archive.ts';
import { actionRoutes } from './container-actions.ts';
import { containerRoutes } from './containers.ts';
import { daemonRoutes } from './daemon.ts';
import { execRoutes } from './execs.ts';
import { imageRoutes } from './images.ts';
import { networkRoutes } from './networks.ts';
import type { Route } from './route.ts';
import { streamRoutes } from './streams.ts';
import { swarmRoutes } from './swarm.ts';
import { volumeRoutes } from './volumes.ts';

export const ROUTES: readonly Route[] = [
  ...daemonRoutes,
  ...containerRoutes,
  ...actionRoutes,
  ...streamRoutes,
  ...archiveRoutes,
  ...execRoutes,
  ...imageRoutes,
  ...networkRoutes,
  ...volumeRoutes,
  ...swarmRoutes,
];
