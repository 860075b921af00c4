/** State as lesson checks and pictures read it, with no effect on the world. */
import { failed } from '../../protocol/errno.ts';
import type { JsonObject } from '../../protocol/plain.ts';
import type { WorldReader } from '../../protocol/simulation.ts';
import type { ResourceInfo } from '../kubernetes/apiserver/registry.ts';
import type { DockerEngine } from '../docker/engine.ts';
import type { Simulation } from '../sim/simulation.ts';
import type { Cluster } from './cluster/cluster.ts';
import type { LabHost } from './lab-hosts.ts';

/** What is read: the sandbox. */
export interface ReadableWorld {
  readonly simulation: Simulation;
  readonly hosts: ReadonlyMap<string, LabHost>;
  readonly cluster: Cluster | undefined;
  readonly docker: ReadonlyMap<string, DockerEngine>;
}

export function worldReader(sandbox: ReadableWorld): WorldReader {
  const find = (name: string): ResourceInfo | undefined => {
    const all = [...(sandbox.cluster?.server.registry.all() ?? [])];
    const wanted = name.toLowerCase();
    return all.find(
      (info) =>
        info.stored &&
        [info.groupResource, info.plural, info.singular, info.kind.toLowerCase(), ...info.shortNames].includes(wanted),
    );
  };
  return {
    object: (resource, namespace, name) => {
      const info = find(resource);
      return info === undefined ? undefined : sandbox.cluster?.stored(info, namespace ?? 'default', name);
    },
    objects: (resource, namespace) => {
      const info = find(resource);
      if (info === undefined) return [];
      const prefix = info.namespaced && namespace !== undefined ? `${info.prefix}${namespace}/` : info.prefix;
      const range = sandbox.cluster?.store.range(prefix);
      return range !== undefined && 'entries' in range ? range.entries.map(({ value }): JsonObject => value) : [];
    },
    file: (host, path) => {
      const text = sandbox.hosts.get(host)?.files.root.readText(path);
      return text === undefined || failed(text) ? undefined : text;
    },
    container: (host, name) => sandbox.docker.get(host)?.inspectContainer(name),
    nowMs: () => sandbox.simulation.clock.unixMs,
  };
}
