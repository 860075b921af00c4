/** The composition root where nothing has to be fetched: a sandbox with every part at hand. */
import { ClusterWorld } from './assembly/cluster/cluster-world.ts';
import { DockerEngine } from './docker/engine.ts';
import { ImagePrograms } from './machine/images/image-programs.ts';
import { IMAGE_PROGRAMS } from './machine/images/programs/all-programs.ts';
import { DrydockSandbox, type SandboxOptions } from './drydock-sandbox.ts';

export type { DrydockSandbox, Fingerprint } from './drydock-sandbox.ts';

const parts = { ClusterWorld, DockerEngine, imagePrograms: new ImagePrograms(IMAGE_PROGRAMS) };

export function createSandbox(options: Omit<SandboxOptions, 'parts'>): DrydockSandbox {
  return new DrydockSandbox({ ...options, parts });
}
