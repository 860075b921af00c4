/**
 * The ports of port-forward: `LOCAL:REMOTE` pairs, and what a service's or a container's port name stands for.
 * Facts: client-go tools/portforward (forms), kubectl pkg/cmd/portforward, pkg/util (translation, error texts).
 */
import type { JsonObject } from '../../../protocol/plain.ts';
import { fatal } from './fatal.ts';
import { fieldAt, nameOf, numberAt, objectsAt, textAt } from './fields.ts';

export interface ForwardedPort {
  /** 0: any free one. */
  readonly local: number;
  readonly remote: number;
}

/** Reads the arguments with the pod, and the service where one was named. */
export function forwardedPorts(
  words: readonly string[],
  pod: JsonObject,
  service: JsonObject | undefined,
): ForwardedPort[] {
  return words.map((word) => {
    const [first = '', second, more] = word.split(':');
    if (more !== undefined || word === '') return fatal(`invalid port format '${word}'`);
    const wanted = second ?? first;
    const remote = service === undefined ? podPort(pod, wanted) : servicePort(pod, service, wanted);
    // `svc/web 80` listens on the service's port, whatever the container's is.
    const local =
      second === undefined
        ? ownLocal(pod, service, first, remote)
        : number(first === '' ? '0' : first, `error parsing local port '${first}'`);
    if (remote === 0) return fatal('remote port must be > 0');
    return { local, remote };
  });
}

function ownLocal(pod: JsonObject, service: JsonObject | undefined, word: string, remote: number): number {
  if (service === undefined) return remote;
  if (/^\d+$/.test(word)) return Number(word);
  return numberAt(namedPort(service, word), 'port');
}

function number(word: string, problem: string): number {
  const value = Number(word);
  if (!/^\d+$/.test(word))
    return fatal(`${problem}: strconv.ParseUint: parsing ${JSON.stringify(word)}: invalid syntax`);
  return value > 65_535
    ? fatal(`${problem}: strconv.ParseUint: parsing ${JSON.stringify(word)}: value out of range`)
    : value;
}

function podPort(pod: JsonObject, word: string): number {
  if (/^\d/.test(word)) return number(word, `error parsing remote port '${word}'`);
  return containerPort(pod, word) ?? fatal(`Pod '${nameOf(pod)}' does not have a named port '${word}'`);
}

function containerPort(pod: JsonObject, name: string): number | undefined {
  const ports = ['containers', 'initContainers']
    .flatMap((member) => objectsAt(pod, 'spec', member))
    .flatMap((container) => objectsAt(container, 'ports'));
  const found = ports.find((port) => textAt(port, 'name') === name && textAt(port, 'protocol') !== 'UDP');
  return found === undefined ? undefined : numberAt(found, 'containerPort');
}

function namedPort(service: JsonObject, name: string): JsonObject {
  return (
    objectsAt(service, 'spec', 'ports').find((port) => textAt(port, 'name') === name) ??
    fatal(`Service '${nameOf(service)}' does not have a named port '${name}'`)
  );
}

/** The container's port behind a service's. */
function servicePort(pod: JsonObject, service: JsonObject, word: string): number {
  const wanted = /^\d/.test(word)
    ? number(word, `error parsing remote port '${word}'`)
    : numberAt(namedPort(service, word), 'port');
  const found = objectsAt(service, 'spec', 'ports').find((port) => numberAt(port, 'port') === wanted);
  if (found === undefined) return fatal(`Service ${nameOf(service)} does not have a service port ${String(wanted)}`);
  if (textAt(found, 'protocol') === 'UDP') return fatal(`UDP protocol is not supported for ${word}`);
  if (textAt(service, 'spec', 'clusterIP') === 'None') return wanted;
  const target = fieldAt(found, 'targetPort');
  if (typeof target === 'number') return target === 0 ? wanted : target;
  if (typeof target !== 'string') return wanted;
  return (
    containerPort(pod, target) ??
    fatal(`Service ${nameOf(service)}'s targetPort ${target} is not a port of pod ${nameOf(pod)}`)
  );
}
