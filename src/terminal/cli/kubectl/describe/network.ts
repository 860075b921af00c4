/** Descriptions of Services, Endpoints, EndpointSlices and Ingresses. */
import type { JsonObject } from '../../../../protocol/plain.ts';
import type { Context } from '../context.ts';
import { fieldAt, formatLabels, mapAt, nameOf, numberAt, objectAt, objectsAt, textAt, textsAt } from '../fields.ts';
import { describeEvents } from './events.ts';
import { joined, metadataLines, Page } from './page.ts';

/** Addresses behind a port of a service, three at most. */
async function endpointsText(context: Context, service: JsonObject, portName: string): Promise<string> {
  const reply = await context.api.ask({
    path: `/apis/discovery.k8s.io/v1/namespaces/${textAt(service, 'metadata', 'namespace')}/endpointslices`,
    query: { labelSelector: `kubernetes.io/service-name=${nameOf(service)}` },
  });
  const addresses: string[] = [];
  for (const slice of reply.ok ? objectsAt(reply.object, 'items') : []) {
    const open = objectsAt(slice, 'ports').filter((item) => textAt(item, 'name') === portName);
    for (const endpoint of objectsAt(slice, 'endpoints')) {
      if (fieldAt(endpoint, 'conditions', 'ready') === false) continue;
      for (const address of textsAt(endpoint, 'addresses'))
        for (const item of open) addresses.push(`${address}:${textAt(item, 'port')}`);
    }
  }
  return shortList(addresses);
}

function shortList(items: readonly string[]): string {
  if (items.length === 0) return '';
  const more = items.length - 3;
  return items.slice(0, 3).join(',') + (more > 0 ? ` + ${String(more)} more...` : '');
}

export async function describeService(context: Context, object: JsonObject): Promise<string> {
  const page = new Page();
  page.line(0, 'Name:', nameOf(object));
  page.line(0, 'Namespace:', textAt(object, 'metadata', 'namespace'));
  metadataLines(page, object);
  page.line(0, 'Selector:', formatLabels(mapAt(object, 'spec', 'selector')));
  page.line(0, 'Type:', textAt(object, 'spec', 'type'));
  page.optional(0, 'IP Family Policy', textAt(object, 'spec', 'ipFamilyPolicy'));
  const families = textsAt(object, 'spec', 'ipFamilies');
  page.line(0, 'IP Families:', joined(families, ','));
  const ip = textAt(object, 'spec', 'clusterIP');
  page.line(0, 'IP:', ip);
  const ips = textsAt(object, 'spec', 'clusterIPs');
  page.line(0, 'IPs:', joined(ips, ','));
  if (textsAt(object, 'spec', 'externalIPs').length > 0)
    page.line(0, 'External IPs:', textsAt(object, 'spec', 'externalIPs').join(','));
  page.optional(0, 'Desired LoadBalancer IP', textAt(object, 'spec', 'loadBalancerIP'));
  page.optional(0, 'External Name', textAt(object, 'spec', 'externalName'));
  const ingress = objectsAt(object, 'status', 'loadBalancer', 'ingress');
  if (ingress.length > 0)
    page.line(
      0,
      'LoadBalancer Ingress:',
      ingress
        .map((item) =>
          textAt(item, 'ip') === ''
            ? textAt(item, 'hostname')
            : `${textAt(item, 'ip')}${textAt(item, 'ipMode') === '' ? '' : ` (${textAt(item, 'ipMode')})`}`,
        )
        .join(', '),
    );
  for (const port of objectsAt(object, 'spec', 'ports')) {
    const name = textAt(port, 'name') === '' ? '<unset>' : textAt(port, 'name');
    const protocol = textAt(port, 'protocol');
    page.line(0, 'Port:', name, `${textAt(port, 'port')}/${protocol}`);
    page.line(0, 'TargetPort:', `${textAt(port, 'targetPort')}/${protocol}`);
    if (numberAt(port, 'nodePort') !== 0) page.line(0, 'NodePort:', name, `${textAt(port, 'nodePort')}/${protocol}`);
    page.line(0, 'Endpoints:', await endpointsText(context, object, textAt(port, 'name')));
  }
  page.line(0, 'Session Affinity:', textAt(object, 'spec', 'sessionAffinity'));
  page.optional(0, 'External Traffic Policy', textAt(object, 'spec', 'externalTrafficPolicy'));
  page.optional(0, 'Internal Traffic Policy', textAt(object, 'spec', 'internalTrafficPolicy'));
  if (numberAt(object, 'spec', 'healthCheckNodePort') !== 0)
    page.line(0, 'HealthCheck NodePort:', textAt(object, 'spec', 'healthCheckNodePort'));
  await describeEvents(context, page, object);
  return page.text();
}

export async function describeEndpoints(context: Context, object: JsonObject): Promise<string> {
  const page = new Page();
  page.line(0, 'Name:', nameOf(object));
  page.line(0, 'Namespace:', textAt(object, 'metadata', 'namespace'));
  metadataLines(page, object);
  page.line(0, 'Subsets:');
  for (const subset of objectsAt(object, 'subsets')) {
    page.line(
      1,
      'Addresses:',
      joined(
        objectsAt(subset, 'addresses').map((item) => textAt(item, 'ip')),
        ',',
      ),
    );
    page.line(
      1,
      'NotReadyAddresses:',
      joined(
        objectsAt(subset, 'notReadyAddresses').map((item) => textAt(item, 'ip')),
        ',',
      ),
    );
    ports(page, objectsAt(subset, 'ports'));
    page.raw('\n');
  }
  await describeEvents(context, page, object);
  return page.text();
}

function ports(page: Page, list: readonly JsonObject[]): void {
  if (list.length === 0) {
    page.line(1, 'Ports:', '<unset>');
    return;
  }
  page.line(1, 'Ports:');
  page.line(2, 'Name', 'Port', 'Protocol');
  page.line(2, '----', '----', '--------');
  for (const port of list)
    page.line(
      2,
      textAt(port, 'name') === '' ? '<unset>' : textAt(port, 'name'),
      textAt(port, 'port'),
      textAt(port, 'protocol'),
    );
}

export async function describeEndpointSlice(context: Context, object: JsonObject): Promise<string> {
  const page = new Page();
  page.line(0, 'Name:', nameOf(object));
  page.line(0, 'Namespace:', textAt(object, 'metadata', 'namespace'));
  metadataLines(page, object);
  page.line(0, 'AddressType:', textAt(object, 'addressType'));
  const list = objectsAt(object, 'ports');
  if (list.length === 0) page.line(0, 'Ports: <unset>');
  else {
    page.line(0, 'Ports:');
    page.line(1, 'Name', 'Port', 'Protocol');
    page.line(1, '----', '----', '--------');
    for (const port of list)
      page.line(
        1,
        textAt(port, 'name') === '' ? '<unset>' : textAt(port, 'name'),
        textAt(port, 'port'),
        textAt(port, 'protocol'),
      );
  }
  const endpoints = objectsAt(object, 'endpoints');
  if (endpoints.length === 0) page.line(0, 'Endpoints: <none>');
  else {
    page.line(0, 'Endpoints:');
    for (const endpoint of endpoints) {
      page.line(1, '- Addresses:', joined(textsAt(endpoint, 'addresses'), ', '));
      page.line(2, 'Conditions:');
      page.line(
        3,
        'Ready:',
        textAt(endpoint, 'conditions', 'ready') === '' ? '<unset>' : textAt(endpoint, 'conditions', 'ready'),
      );
      page.line(2, 'Hostname:', textAt(endpoint, 'hostname') === '' ? '<unset>' : textAt(endpoint, 'hostname'));
      const target = objectAt(endpoint, 'targetRef');
      if (Object.keys(target).length > 0)
        page.line(2, 'TargetRef:', `${textAt(target, 'kind')}/${textAt(target, 'name')}`);
      page.line(2, 'NodeName:', textAt(endpoint, 'nodeName') === '' ? '<unset>' : textAt(endpoint, 'nodeName'));
      page.line(2, 'Zone:', textAt(endpoint, 'zone') === '' ? '<unset>' : textAt(endpoint, 'zone'));
    }
  }
  await describeEvents(context, page, object);
  return page.text();
}

/** The service behind a rule with the addresses behind that, or the resource that is named instead. */
async function backendText(context: Context, namespace: string, backend: JsonObject): Promise<string> {
  const service = objectAt(backend, 'service');
  if (Object.keys(service).length === 0)
    return `APIGroup: ${textAt(backend, 'resource', 'apiGroup')}, Kind: ${textAt(backend, 'resource', 'kind')}, Name: ${textAt(backend, 'resource', 'name')}`;
  const number = textAt(service, 'port', 'number');
  const name = textAt(service, 'port', 'name');
  const text = `${textAt(service, 'name')}:${number === '' ? name : number}`;
  const path = `/api/v1/namespaces/${namespace}/services/${textAt(service, 'name')}`;
  const reply = await context.api.ask({ path });
  if (!reply.ok) return `${text} (<error: ${reply.failure.message}>)`;
  const port = objectsAt(reply.object, 'spec', 'ports').find((item) =>
    number === '' ? textAt(item, 'name') === name : textAt(item, 'port') === number,
  );
  return `${text} (${await endpointsText(context, reply.object, textAt(port, 'name'))})`;
}

export async function describeIngress(context: Context, object: JsonObject): Promise<string> {
  const page = new Page();
  page.line(0, 'Name:', nameOf(object));
  page.labels(0, 'Labels', mapAt(object, 'metadata', 'labels'));
  page.line(0, 'Namespace:', textAt(object, 'metadata', 'namespace'));
  page.line(
    0,
    'Address:',
    objectsAt(object, 'status', 'loadBalancer', 'ingress')
      .map((item) => (textAt(item, 'ip') === '' ? textAt(item, 'hostname') : textAt(item, 'ip')))
      .join(','),
  );
  const className = textAt(object, 'spec', 'ingressClassName');
  page.line(0, 'Ingress Class:', className === '' ? '<none>' : className);
  const namespace = textAt(object, 'metadata', 'namespace');
  const backend = objectAt(object, 'spec', 'defaultBackend');
  const fallback = Object.keys(backend).length === 0 ? '<default>' : await backendText(context, namespace, backend);
  page.line(0, 'Default backend:', fallback);
  const tls = objectsAt(object, 'spec', 'tls');
  if (tls.length > 0) {
    page.line(0, 'TLS:');
    for (const item of tls)
      page.line(
        1,
        `${textAt(item, 'secretName') === '' ? 'SNI routes' : `${textAt(item, 'secretName')} terminates`} ${textsAt(item, 'hosts').join(',')}`,
      );
  }
  page.line(0, 'Rules:');
  page.line(1, 'Host', 'Path', 'Backends');
  page.line(1, '----', '----', '--------');
  const rules = objectsAt(object, 'spec', 'rules');
  for (const rule of rules) {
    page.line(1, textAt(rule, 'host') === '' ? '*' : textAt(rule, 'host'), '');
    for (const path of objectsAt(rule, 'http', 'paths'))
      page.line(1, '', `${textAt(path, 'path')} `, await backendText(context, namespace, objectAt(path, 'backend')));
  }
  if (rules.length === 0) page.line(1, '*', '*', fallback);
  page.annotations(0, 'Annotations', mapAt(object, 'metadata', 'annotations'));
  await describeEvents(context, page, object);
  return page.text();
}
