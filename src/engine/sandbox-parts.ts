/** The large parts of the engine that not every topology has. */
import type { Topology } from '../protocol/host.ts';
import type { ClusterWorld } from './assembly/cluster/cluster-world.ts';
import type { DockerEngine } from './docker/engine.ts';
import { ImagePrograms } from './machine/images/image-programs.ts';
import { pause } from './machine/images/programs/pause.ts';

export interface SandboxParts {
  readonly ClusterWorld?: typeof ClusterWorld;
  readonly DockerEngine?: typeof DockerEngine;
  readonly imagePrograms: ImagePrograms;
}

/** Every pod has one program; the others load when somebody needs an image. */
const imagePrograms = new ImagePrograms(
  { programs: new Map([['pause', pause]]), images: [] },
  async () => (await import('./machine/images/late-images.ts')).LATE_IMAGES,
);

/** Fetches what a topology asks for: a page loads no cluster for a host with Docker, and no Docker for a cluster. */
export async function loadParts({ cluster, hosts }: Topology): Promise<SandboxParts> {
  // A host with nothing but Docker is asked for it soon; if this fails, so will whoever asks.
  if (cluster === undefined) import('./docker/routes/all-routes.ts').catch(() => undefined);
  const [kubernetes, docker] = await Promise.all([
    cluster === undefined ? undefined : import('./assembly/cluster/cluster-world.ts'),
    hosts.some((host) => host.docker) ? import('./docker/engine.ts') : undefined,
  ]);
  return {
    imagePrograms,
    ...(kubernetes === undefined ? {} : { ClusterWorld: kubernetes.ClusterWorld }),
    ...(docker === undefined ? {} : { DockerEngine: docker.DockerEngine }),
  };
}
