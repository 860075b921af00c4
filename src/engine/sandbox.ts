/** The composition root where nothing has to be fetched: a sandbox with every part at hand. */
import { ClusterWorld } from './assembly/cluster/cluster-world.ts';
import { DockerEngine } from './docker/engine.ts';
import { ImagePrograms } from './machine/images/image-programs.ts';
import { LATE_IMAGES } from './machine/images/late-images.ts';
import { DrydockSandbox, type SandboxOptions } from './drydock-sandbox.ts';

export type { DrydockSandbox, Fingerprint } from './drydock-sandbox.ts';

const parts = { ClusterWorld, DockerEngine, imagePrograms: new ImagePrograms(LATE_IMAGES) };

export function createSandbox(options: Omit<SandboxOptions, 'parts'>): DrydockSandbox {
  return new DrydockSandbox({ ...options, parts });
}
