/** Scheduler plugin ImageLocality. Models: bytes of wanted images that a node has, weighed by how many nodes have them. */
import { MAX_NODE_SCORE, type ScorePlugin } from '../framework.ts';

const MIB = 1024 * 1024;
const MIN_THRESHOLD = 23 * MIB;
const MAX_CONTAINER_THRESHOLD = 1000 * MIB;

export const imageLocality: ScorePlugin = {
  name: 'ImageLocality',
  weight: 1,
  prepareScore: ({ pod }, cluster, feasible) => {
    const containers = [...(pod.spec.initContainers ?? []), ...pod.spec.containers];
    const names = containers.map(({ image }) => normalized(image));
    const counts = new Map<string, number>();
    for (const name of names) {
      if (!counts.has(name))
        counts.set(
          name,
          feasible.reduce((sum, node) => (node.images.has(name) ? sum + 1 : sum), 0),
        );
    }
    if ([...counts.values()].every((count) => count === 0)) return undefined;
    const total = Math.max(1, cluster.nodes.length);
    const max = MAX_CONTAINER_THRESHOLD * names.length;
    return {
      score: (node) => {
        let sum = 0;
        for (const name of names) {
          const size = node.images.get(name);
          if (size !== undefined) sum += Math.floor(size * ((counts.get(name) ?? 0) / total));
        }
        const clipped = Math.min(Math.max(sum, MIN_THRESHOLD), max);
        return Math.floor((MAX_NODE_SCORE * (clipped - MIN_THRESHOLD)) / (max - MIN_THRESHOLD));
      },
    };
  },
};

/** With a tag, as the kubelet reports names. */
function normalized(image: string): string {
  const name = image.lastIndexOf(':') <= image.lastIndexOf('/') ? `${image}:latest` : image;
  const [first = '', second] = name.split('/', 2);
  if (second !== undefined && (first.includes('.') || first.includes(':') || first === 'localhost')) return name;
  return name.includes('/') ? `docker.io/${name}` : `docker.io/library/${name}`;
}
