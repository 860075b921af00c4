import { type FieldError, at, duplicate, invalid, notSupported, required } from '../../apimachinery/field-error.ts';
import {
  isDns1035Label,
  isDns1123Label,
  isDns1123Subdomain,
  isValidPortName,
  isValidPortNumber,
} from '../../apimachinery/names.ts';
import type { Service, ServicePort } from '../../apimachinery/types.ts';
import { AGE, NAME, SELECTOR, age, labelsText, text } from '../common/columns.ts';
import { each, fill, over } from '../fill.ts';
import { entry } from '../strategy.ts';

type Spec = Service['spec'] & { readonly allocateLoadBalancerNodePorts?: boolean };
type Own = Omit<Service, 'spec'> & { readonly spec: Spec };
const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const CLIENT_IP_SECONDS = 10_800;

export const services = entry<Own>('services', {
  columns: [NAME, text('Type'), text('Cluster-IP'), text('External-IP'), text('Port(s)'), AGE, SELECTOR],
  row: (service, context) => [
    service.metadata.name,
    service.spec.type ?? 'ClusterIP',
    service.spec.clusterIP === undefined || service.spec.clusterIP === '' ? '<none>' : service.spec.clusterIP,
    externalAddress(service),
    portsText(service.spec.ports ?? []),
    age(service, context),
    labelsText(service.spec.selector),
  ],
  defaults: (service) => over(service, 'spec', defaultSpec),
  prepareForCreate: (service) => ({ ...service, status: { loadBalancer: {} } }),
  validateName: isDns1035Label,
  validate: ({ spec }) => (spec === undefined ? [] : validateSpec(spec)),
  validateUpdate: (service, old) => {
    const [before, after] = [old.spec.clusterIP ?? '', service.spec.clusterIP ?? ''];
    if (old.spec.type === 'ExternalName' || service.spec.type === 'ExternalName' || before === '' || before === after)
      return [];
    return [invalid('spec.clusterIPs[0]', service.spec.clusterIPs ?? [after], 'may not change once set')];
  },
  fields: {
    'spec.clusterIP': (service) => service.spec.clusterIP ?? '',
    'spec.type': (service) => service.spec.type ?? '',
  },
});

function defaultSpec(spec: Spec): Spec {
  let next = fill<Spec>(spec, { sessionAffinity: 'None', type: 'ClusterIP' });
  if (next.type !== 'ExternalName') next = fill<Spec>(next, { internalTrafficPolicy: 'Cluster' });
  if (next.sessionAffinity === 'ClientIP')
    next = fill<Spec>(next, { sessionAffinityConfig: { clientIP: { timeoutSeconds: CLIENT_IP_SECONDS } } });
  if (next.type === 'NodePort' || next.type === 'LoadBalancer')
    next = fill<Spec>(next, { externalTrafficPolicy: 'Cluster' });
  if (next.type === 'LoadBalancer') next = fill<Spec>(next, { allocateLoadBalancerNodePorts: true });
  return over(
    next,
    'ports',
    each((port) => fill<ServicePort>(port, { protocol: 'TCP', targetPort: port.port })),
  );
}

function validateSpec(spec: Spec): FieldError[] {
  const errors: FieldError[] = [];
  const headless = spec.clusterIP === 'None';
  const ports = spec.ports ?? [];
  if (!TYPES.includes(spec.type ?? '')) errors.push(notSupported('spec.type', spec.type, TYPES));
  if (ports.length === 0 && !headless && spec.type !== 'ExternalName') errors.push(required('spec.ports'));
  const names = new Set<string>();
  const numbers = new Set<string>();
  ports.forEach((port, index) => {
    const place = at('spec.ports', index);
    if (port.name === undefined || port.name === '') {
      if (ports.length > 1) errors.push(required(`${place}.name`));
    } else {
      for (const problem of isDns1123Label(port.name)) errors.push(invalid(`${place}.name`, port.name, problem));
      if (names.has(port.name)) errors.push(duplicate(`${place}.name`, port.name));
      names.add(port.name);
    }
    for (const problem of isValidPortNumber(port.port ?? 0))
      errors.push(invalid(`${place}.port`, port.port ?? 0, problem));
    if (!['SCTP', 'TCP', 'UDP'].includes(port.protocol ?? ''))
      errors.push(notSupported(`${place}.protocol`, port.protocol, ['SCTP', 'TCP', 'UDP']));
    if (typeof port.targetPort === 'number')
      for (const problem of isValidPortNumber(port.targetPort))
        errors.push(invalid(`${place}.targetPort`, port.targetPort, problem));
    if (typeof port.targetPort === 'string')
      for (const problem of isValidPortName(port.targetPort))
        errors.push(invalid(`${place}.targetPort`, port.targetPort, problem));
    if (port.nodePort !== undefined && port.nodePort !== 0 && spec.type === 'ClusterIP') {
      errors.push({
        type: 'Forbidden',
        field: `${place}.nodePort`,
        body: "Forbidden: may not be used when `type` is 'ClusterIP'",
      });
    }
    const key = `${port.protocol ?? ''}/${String(port.port)}`;
    if (numbers.has(key)) errors.push(duplicate(place, { port: port.port, protocol: port.protocol }));
    numbers.add(key);
  });
  if (!['ClientIP', 'None'].includes(spec.sessionAffinity ?? ''))
    errors.push(notSupported('spec.sessionAffinity', spec.sessionAffinity, ['ClientIP', 'None']));
  if (spec.type === 'ExternalName') {
    const name = spec.externalName ?? '';
    if (name === '') errors.push(required('spec.externalName'));
    else
      for (const problem of isDns1123Subdomain(name.replace(/\.$/, '')))
        errors.push(invalid('spec.externalName', name, problem));
  }
  return errors;
}

function externalAddress({ spec, status }: Own): string {
  const external = spec.externalIPs ?? [];
  const ingress = (status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ip ?? hostname ?? '');
  switch (spec.type) {
    case 'ExternalName':
      return spec.externalName ?? '<none>';
    case 'LoadBalancer':
      return ingress.length + external.length === 0 ? '<pending>' : [...ingress, ...external].join(',');
    default:
      return external.length === 0 ? '<none>' : external.join(',');
  }
}

const portsText = (ports: readonly ServicePort[]): string =>
  ports.length === 0
    ? '<none>'
    : ports
        .map(
          ({ port, nodePort, protocol }) =>
            `${String(port)}${nodePort === undefined || nodePort === 0 ? '' : `:${String(nodePort)}`}/${protocol ?? 'TCP'}`,
        )
        .join(',');
