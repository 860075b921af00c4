/**
 * The simulation's own thread. The first import shuts the outside's clocks and dice off before the engine loads, and the
 * engine is not waited for: the parts of the world that the thread is for come at the same time.
 */
import './guard-globals.ts';
import { expose } from 'comlink';
import { topologyOf } from '../src/engine/assembly/topologies.ts';
import { loadParts } from '../src/engine/sandbox-parts.ts';
import { afterLoading } from './after-loading.ts';

expose(afterLoading(import('./simulation-host.ts').then(({ host }) => host)));
const world = topologyOf(self.name);
// If it fails here it fails when the world is opened, where the page is told.
if (world !== undefined) loadParts(world).catch(() => undefined);
