/** Containers as descriptions of pods and templates show them. */
import type { JsonObject } from '../../../../protocol/plain.ts';
import { fieldAt, mapAt, numberAt, objectAt, objectsAt, sortedEntries, textAt, textsAt } from '../fields.ts';
import { rfc1123 } from '../time.ts';
import { isEmpty, joined, type Page } from './page.ts';

/** Fields stand at this level whether the containers are those of a pod or, one level in, of a template. */
const FIELDS = 2;

/** The containers of a list; statuses are given for a running pod. */
export function describeContainers(
  page: Page,
  title: string,
  containers: readonly JsonObject[],
  statuses: readonly JsonObject[] | undefined,
  level: number,
): void {
  if (containers.length === 0) {
    page.line(level, `${title}:`, '<none>');
    return;
  }
  page.line(level, `${title}:`);
  for (const container of containers) {
    const status = statuses?.find((item) => textAt(item, 'name') === textAt(container, 'name'));
    page.line(1, `${level === 0 ? '' : ' '}${textAt(container, 'name')}:`);
    basics(page, container, status, statuses !== undefined, FIELDS);
    words(page, 'Command', textsAt(container, 'command'), FIELDS);
    words(page, 'Args', textsAt(container, 'args'), FIELDS);
    if (status !== undefined) describeState(page, status, FIELDS);
    amounts(page, 'Limits', mapAt(container, 'resources', 'limits'), FIELDS);
    amounts(page, 'Requests', mapAt(container, 'resources', 'requests'), FIELDS);
    probes(page, container, FIELDS);
    environment(page, container, FIELDS);
    mounts(page, container, FIELDS);
  }
}

function basics(
  page: Page,
  container: JsonObject,
  status: JsonObject | undefined,
  isPod: boolean,
  level: number,
): void {
  if (isPod) page.line(level, 'Container ID:', textAt(status, 'containerID'));
  page.line(level, 'Image:', textAt(container, 'image'));
  if (isPod) page.line(level, 'Image ID:', textAt(status, 'imageID'));
  const ports = objectsAt(container, 'ports');
  const text = (member: string): string =>
    joined(
      ports.map(
        (port) =>
          `${String(numberAt(port, member))}/${textAt(port, 'protocol') === '' ? 'TCP' : textAt(port, 'protocol')}`,
      ),
    );
  const isPlural = ports.length > 1;
  page.line(level, isPlural ? 'Ports:' : 'Port:', text('containerPort'));
  page.line(level, isPlural ? 'Host Ports:' : 'Host Port:', text('hostPort'));
}

function words(page: Page, title: string, list: readonly string[], level: number): void {
  if (list.length === 0) return;
  page.line(level, `${title}:`);
  for (const word of list) for (const line of word.split('\n')) page.line(level + 1, line);
}

function amounts(page: Page, title: string, map: Readonly<Record<string, string>>, level: number): void {
  const entries = sortedEntries(map);
  if (entries.length === 0) return;
  page.line(level, `${title}:`);
  for (const [name, amount] of entries) page.line(level + 1, `${name}:`, amount);
}

function describeState(page: Page, status: JsonObject, level: number): void {
  state(page, 'State', objectAt(status, 'state'), level);
  if (!isEmpty(objectAt(status, 'lastState'))) state(page, 'Last State', objectAt(status, 'lastState'), level);
  page.line(level, 'Ready:', textAt(status, 'ready') === 'true' ? 'True' : 'False');
  page.line(level, 'Restart Count:', String(numberAt(status, 'restartCount')));
}

function state(page: Page, title: string, body: JsonObject, level: number): void {
  if (fieldAt(body, 'running') !== undefined) {
    page.line(level, `${title}:`, 'Running');
    page.line(level + 1, 'Started:', rfc1123(textAt(body, 'running', 'startedAt')));
  } else if (fieldAt(body, 'terminated') !== undefined) {
    const end = objectAt(body, 'terminated');
    page.line(level, `${title}:`, 'Terminated');
    page.optional(level + 1, 'Reason', textAt(end, 'reason'));
    page.optional(level + 1, 'Message', textAt(end, 'message'));
    page.line(level + 1, 'Exit Code:', String(numberAt(end, 'exitCode')));
    if (numberAt(end, 'signal') > 0) page.line(level + 1, 'Signal:', String(numberAt(end, 'signal')));
    page.line(level + 1, 'Started:', rfc1123(textAt(end, 'startedAt')));
    page.line(level + 1, 'Finished:', rfc1123(textAt(end, 'finishedAt')));
  } else {
    page.line(level, `${title}:`, 'Waiting');
    page.optional(level + 1, 'Reason', textAt(body, 'waiting', 'reason'));
  }
}

function probes(page: Page, container: JsonObject, level: number): void {
  for (const [member, title] of [
    ['livenessProbe', 'Liveness'],
    ['readinessProbe', 'Readiness'],
    ['startupProbe', 'Startup'],
  ] as const) {
    const probe = objectAt(container, member);
    if (!isEmpty(probe)) page.line(level, `${title}:`, probeText(probe));
  }
}

/** `http-get http://:80/ delay=0s timeout=1s period=10s #success=1 #failure=3`. */
export function probeText(probe: JsonObject): string {
  const seconds = (member: string): string => `${String(numberAt(probe, member))}s`;
  const attributes = `delay=${seconds('initialDelaySeconds')} timeout=${seconds('timeoutSeconds')} period=${seconds('periodSeconds')} #success=${String(numberAt(probe, 'successThreshold'))} #failure=${String(numberAt(probe, 'failureThreshold'))}`;
  const http = objectAt(probe, 'httpGet');
  if (!isEmpty(http)) {
    const scheme = (textAt(http, 'scheme') === '' ? 'HTTP' : textAt(http, 'scheme')).toLowerCase();
    return `http-get ${scheme}://${textAt(http, 'host')}:${textAt(http, 'port')}${textAt(http, 'path')} ${attributes}`;
  }
  const tcp = objectAt(probe, 'tcpSocket');
  if (!isEmpty(tcp)) return `tcp-socket ${textAt(tcp, 'host')}:${textAt(tcp, 'port')} ${attributes}`;
  const grpc = objectAt(probe, 'grpc');
  if (!isEmpty(grpc)) return `grpc <pod>:${textAt(grpc, 'port')} ${textAt(grpc, 'service')} ${attributes}`;
  return `exec [${textsAt(probe, 'exec', 'command').join(' ')}] ${attributes}`;
}

function environment(page: Page, container: JsonObject, level: number): void {
  const from = objectsAt(container, 'envFrom');
  if (from.length > 0) {
    page.line(level, 'Environment Variables from:');
    for (const source of from) {
      const isMap = fieldAt(source, 'configMapRef') !== undefined;
      const reference = objectAt(source, isMap ? 'configMapRef' : 'secretRef');
      const prefix = textAt(source, 'prefix') === '' ? '' : ` with prefix '${textAt(source, 'prefix')}'`;
      page.line(
        level + 1,
        textAt(reference, 'name'),
        `${isMap ? 'ConfigMap' : 'Secret'}${prefix}`,
        `Optional: ${textAt(reference, 'optional') === 'true' ? 'true' : 'false'}`,
      );
    }
  }
  const env = objectsAt(container, 'env');
  page.line(level, 'Environment:', ...(env.length === 0 ? ['<none>'] : []));
  for (const item of env) page.line(level + 1, `${textAt(item, 'name')}:`, variable(item));
}

function variable(item: JsonObject): string {
  const source = objectAt(item, 'valueFrom');
  if (isEmpty(source)) return textAt(item, 'value').split('\n').join('\n\t  ');
  const optional = (reference: JsonObject): string => (textAt(reference, 'optional') === 'true' ? 'true' : 'false');
  if (fieldAt(source, 'fieldRef') !== undefined)
    return ` (${textAt(source, 'fieldRef', 'apiVersion') === '' ? 'v1' : textAt(source, 'fieldRef', 'apiVersion')}:${textAt(source, 'fieldRef', 'fieldPath')})`;
  if (fieldAt(source, 'resourceFieldRef') !== undefined)
    return `${textAt(source, 'resourceFieldRef', 'divisor')} (${textAt(source, 'resourceFieldRef', 'resource')})`;
  const isMap = fieldAt(source, 'configMapKeyRef') !== undefined;
  const reference = objectAt(source, isMap ? 'configMapKeyRef' : 'secretKeyRef');
  const place = `'${textAt(reference, 'key')}' ${isMap ? 'of config map' : 'in secret'} '${textAt(reference, 'name')}'`;
  return `<set to the key ${place}>\tOptional: ${optional(reference)}`;
}

function mounts(page: Page, container: JsonObject, level: number): void {
  const list = objectsAt(container, 'volumeMounts').toSorted((a, b) =>
    textAt(a, 'mountPath') < textAt(b, 'mountPath') ? -1 : 1,
  );
  page.line(level, 'Mounts:', ...(list.length === 0 ? ['<none>'] : []));
  for (const mount of list) {
    const flags = [
      textAt(mount, 'readOnly') === 'true' ? 'ro' : 'rw',
      ...(textAt(mount, 'subPath') === '' ? [] : [`path="${textAt(mount, 'subPath')}"`]),
    ];
    page.line(level + 1, `${textAt(mount, 'mountPath')} from ${textAt(mount, 'name')} (${flags.join(',')})`);
  }
}
