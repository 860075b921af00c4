/** kubectl expose. */
import type { JsonObject } from '../../../../protocol/plain.ts';
import { applyMergePatch } from '../../../../engine/kubernetes/apimachinery/json-merge-patch.ts';
import { isJsonObject } from '../../../../formats/json.ts';
import { parseJson } from '../../../../formats/json-parse.ts';
import { Faults, type Context } from '../context.ts';
import { intOrString, withLastApplied, writeQuery } from '../create-object.ts';
import { kindName } from '../discovery.ts';
import { fatal } from '../fatal.ts';
import { mapAt, nameOf, numberAt, objectAt, objectsAt, textAt } from '../fields.ts';
import { objectPrinter, reportObject } from '../print.ts';
import { selectTargets, type Target } from '../selection.ts';
import { pairsOf } from '../selector-text.ts';
import { FILE_FLAGS, PRINT_FLAGS, type Verb } from '../verb.ts';

export const expose: Verb = {
  path: 'expose',
  short: 'Take a replication controller, service, deployment or pod and expose it as a new Kubernetes service',
  examples: [
    'kubectl expose deployment nginx --port=80 --target-port=8000',
    'kubectl expose pod valid-pod --port=444 --name=frontend',
  ],
  flags: [
    ...PRINT_FLAGS,
    ...FILE_FLAGS,
    'cluster-ip',
    'dry-run',
    'external-ip',
    'field-manager',
    'labels',
    'load-balancer-ip',
    'name',
    'overrides',
    'port',
    'protocol',
    'save-config',
    'selector',
    'session-affinity',
    'target-port',
    'type',
  ],
  run: async (context) => {
    const printer = objectPrinter(context);
    const faults = new Faults();
    const own = context.flags.withArgs(context.flags.args);
    for (const target of await selectTargets(
      context,
      { args: own.args, files: true, fetch: true, needNames: true, ownSelector: true },
      faults,
    )) {
      await faults.guard(async () => {
        const service = overridden(context, serviceFor(context, target));
        const named = context.flags.bool('save-config') ? withLastApplied(service) : service;
        if (context.dryRun() === 'client') {
          reportObject(context, named, 'exposed', printer);
          return;
        }
        const reply = await context.api.create(
          `/api/v1/namespaces/${target.namespace}/services`,
          named,
          writeQuery(context, 'kubectl-expose'),
        );
        const made = context.api.must(reply);
        await context.flushWarnings();
        reportObject(context, made, 'exposed', printer);
      });
    }
    faults.raise();
    return 0;
  },
};

function overridden(context: Context, service: JsonObject): JsonObject {
  const text = context.flags.string('overrides');
  if (text === '') return service;
  const parsed = parseJson(text);
  if (!parsed.ok || !isJsonObject(parsed.value))
    return fatal(`invalid JSON in --overrides: ${parsed.ok ? 'not an object' : parsed.message}`);
  return applyMergePatch(service, parsed.value) as JsonObject;
}

const EXPOSABLE = new Set(['Deployment', 'ReplicaSet', 'ReplicationController', 'Pod', 'Service']);

function serviceFor(context: Context, target: Target): JsonObject {
  const { flags } = context;
  const { object, type } = target;
  if (!EXPOSABLE.has(type.kind))
    fatal(`cannot expose a ${kindName(type) === type.kind.toLowerCase() ? type.kind : `${type.kind}.${type.group}`}`);
  const givenName = flags.string('name');
  // Names of services are DNS labels; upstream cuts longer ones.
  const name = (givenName === '' ? target.name : givenName).slice(0, 63);
  const selector = flags.string('selector') === '' ? selectorOf(target) : pairsOf(flags.string('selector'));
  if (selector === undefined)
    return fatal(`couldn't convert expressions - "${flags.string('selector')}" to map-based selector format`);
  const labels = flags.string('labels') === '' ? mapAt(object, 'metadata', 'labels') : pairsOf(flags.string('labels'));
  if (labels === undefined) return fatal(`unexpected label spec: ${flags.string('labels')}`);
  const type_ = flags.string('type');
  const clusterIp = flags.string('cluster-ip');
  const ports = portsFor(context, target);
  if (ports.length === 0 && clusterIp !== 'None') fatal("couldn't find port via --port flag or introspection");
  const externalIp = flags.string('external-ip');
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: target.namespace, ...(Object.keys(labels).length === 0 ? {} : { labels }) },
    spec: {
      ...(ports.length === 0 ? {} : { ports }),
      selector,
      ...(type_ === '' ? {} : { type: type_ }),
      ...(clusterIp === '' ? {} : { clusterIP: clusterIp }),
      ...(externalIp === '' ? {} : { externalIPs: [externalIp] }),
      ...(flags.string('load-balancer-ip') === '' ? {} : { loadBalancerIP: flags.string('load-balancer-ip') }),
      ...(flags.string('session-affinity') === '' ? {} : { sessionAffinity: flags.string('session-affinity') }),
    },
    status: { loadBalancer: {} },
  };
}

function selectorOf({ object, type }: Target): Readonly<Record<string, string>> {
  if (type.kind === 'Pod') {
    const labels = mapAt(object, 'metadata', 'labels');
    return Object.keys(labels).length === 0 ? fatal('the pod has no labels and cannot be exposed') : labels;
  }
  if (type.kind === 'Service' || type.kind === 'ReplicationController') {
    const selector = mapAt(object, 'spec', 'selector');
    return Object.keys(selector).length === 0
      ? fatal(`no pod selector set on ${type.kind.toLowerCase()} ${JSON.stringify(nameOf(object))}`)
      : selector;
  }
  const expressions = objectsAt(object, 'spec', 'selector', 'matchExpressions');
  if (expressions.length > 0)
    fatal(`couldn't convert expressions - "${JSON.stringify(expressions)}" to map-based selector format`);
  return mapAt(object, 'spec', 'selector', 'matchLabels');
}

interface Port {
  readonly port: number;
  readonly protocol: string;
}

function portsFor(context: Context, target: Target): JsonObject[] {
  const { flags } = context;
  const known = knownPorts(target);
  const given = flags.string('port');
  const wanted: Port[] =
    given === ''
      ? known
      : given.split(',').map((text) => {
          if (!/^\d+$/.test(text)) fatal(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
          return { port: Number(text), protocol: known.find(({ port }) => port === Number(text))?.protocol ?? 'TCP' };
        });
  const targetPort = flags.string('target-port');
  const protocol = flags.string('protocol');
  return wanted.map((port, at) => ({
    ...(wanted.length > 1 ? { name: `port-${String(at + 1)}` } : {}),
    port: port.port,
    protocol: protocol === '' ? port.protocol : protocol.toUpperCase(),
    targetPort: targetPort === '' ? port.port : intOrString(targetPort),
  }));
}

function knownPorts({ object, type }: Target): Port[] {
  if (type.kind === 'Service')
    return objectsAt(object, 'spec', 'ports').map((port) => ({
      port: numberAt(port, 'port'),
      protocol: protocolOf(port),
    }));
  const spec = type.kind === 'Pod' ? objectAt(object, 'spec') : objectAt(object, 'spec', 'template', 'spec');
  return objectsAt(spec, 'containers').flatMap((container) =>
    objectsAt(container, 'ports').map((port) => ({
      port: numberAt(port, 'containerPort'),
      protocol: protocolOf(port),
    })),
  );
}

const protocolOf = (port: JsonObject): string => (textAt(port, 'protocol') === '' ? 'TCP' : textAt(port, 'protocol'));
