/** The composition root where nothing has to be fetched: a sandbox with every part at hand. */
import { ClusterWorld } from './assembly/cluster/cluster-world.ts';
import { DockerEngine } from './docker/engine.ts';
import { DrydockSandbox, type SandboxOptions } from './drydock-sandbox.ts';

export type { DrydockSandbox, Fingerprint } from './drydock-sandbox.ts';

export function createSandbox(options: Omit<SandboxOptions, 'parts'>): DrydockSandbox {
  return new DrydockSandbox({ ...options, parts: { ClusterWorld, DockerEngine } });
}
