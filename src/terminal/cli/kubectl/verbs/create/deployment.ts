import type { Verb } from '../../verb.ts';
import { commandArguments, createGenerated, GENERATOR_FLAGS, nameArgument } from '../../create-object.ts';
import { fatal } from '../../fatal.ts';

/** The container name of an image: its last path part without tag and digest. */
export function containerName(image: string): string {
  const last = image.split('/').at(-1) ?? image;
  return (last.split(/[:@]/)[0] ?? last)
    .replaceAll(/[^A-Za-z0-9-]/g, '-')
    .replace(/^-+/, '')
    .toLowerCase();
}

export const createDeployment: Verb = {
  path: 'create deployment',
  short: 'Create a deployment with the specified name',
  aliases: ['deploy'],
  examples: [
    'kubectl create deployment my-dep --image=busybox -- date',
    'kubectl create deployment my-dep --image=nginx --replicas=3',
  ],
  flags: [...GENERATOR_FLAGS, 'image', 'replicas', 'port'],
  required: ['image'],
  run: (context) => {
    const { flags } = context;
    const name = nameArgument(context);
    const images = flags.list('image');
    const command = commandArguments(context);
    if (images.length > 1 && command.length > 0) fatal('cannot specify multiple --image options and command');
    const port = flags.int('port');
    const containers = images.map((image) => ({
      name: containerName(image),
      image,
      ...(command.length === 0 ? {} : { command }),
      ...(port > 0 ? { ports: [{ containerPort: port }] } : {}),
      resources: {},
    }));
    const labels = { app: name };
    return createGenerated(
      context,
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name, labels },
        spec: {
          replicas: flags.int('replicas'),
          selector: { matchLabels: labels },
          strategy: {},
          template: { metadata: { labels }, spec: { containers } },
        },
        status: {},
      },
      { what: 'deployment' },
    );
  },
};
