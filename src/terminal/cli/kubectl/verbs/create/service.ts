import type { JsonObject } from '../../../../../protocol/plain.ts';
import type { Context } from '../../context.ts';
import { createGenerated, GENERATOR_FLAGS, intOrString, nameArgument } from '../../create-object.ts';
import { fatal } from '../../fatal.ts';
import type { Verb } from '../../verb.ts';

function ports(context: Context, needed: boolean): JsonObject[] {
  const { flags } = context;
  const specs = flags.list('tcp');
  if (needed && specs.length === 0) fatal('at least one tcp port specifier must be provided');
  const nodePort = flags.int('node-port');
  return specs.map((spec) => {
    const [first = '', second] = spec.split(':');
    const port = Number(first);
    if (!/^\d+$/.test(first)) fatal(`strconv.Atoi: parsing ${JSON.stringify(first)}: invalid syntax`);
    const targetPort = second === undefined ? port : intOrString(second);
    const name = spec.replace(':', '-');
    return { name, port, protocol: 'TCP', targetPort, ...(nodePort === 0 ? {} : { nodePort }) };
  });
}

function service(
  kind: 'clusterip' | 'nodeport' | 'loadbalancer' | 'externalname',
  type: string,
  flags: readonly string[],
  short: string,
): Verb {
  return {
    path: `create service ${kind}`,
    short,
    flags: [...GENERATOR_FLAGS, 'tcp', ...flags],
    ...(kind === 'externalname' ? { required: ['external-name'] } : {}),
    run: (context) => {
      const name = nameArgument(context);
      const clusterIp = context.flags.string('clusterip');
      const isHeadless = clusterIp === 'None';
      const list = ports(context, kind !== 'externalname' && !isHeadless);
      return createGenerated(
        context,
        {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { name, labels: { app: name } },
          spec: {
            type,
            ...(clusterIp === '' ? {} : { clusterIP: clusterIp }),
            ...(kind === 'externalname' ? { externalName: context.flags.string('external-name') } : {}),
            ...(list.length === 0 ? {} : { ports: list }),
            selector: { app: name },
          },
          status: { loadBalancer: {} },
        },
        { what: `${type} service` },
      );
    },
  };
}

export const SERVICES: readonly Verb[] = [
  service('clusterip', 'ClusterIP', ['clusterip'], 'Create a ClusterIP service'),
  service('nodeport', 'NodePort', ['node-port'], 'Create a NodePort service'),
  service('loadbalancer', 'LoadBalancer', [], 'Create a LoadBalancer service'),
  service('externalname', 'ExternalName', ['external-name'], 'Create an ExternalName service'),
];
