/** What the runtime keeps per container and sandbox: data, so that a snapshot is the maps themselves. */
import type { Credentials } from '../../../protocol/program.ts';
import type { Notify } from '../../sim/notify.ts';
import type { Simulation } from '../../sim/simulation.ts';
import type { Host } from '../host.ts';
import type { ContainerLogs } from './container-logs.ts';
import type {
  ContainerRecord,
  NamespaceId,
  RuntimeEvent,
  RuntimeFailure,
  RuntimeNamespace,
  SandboxRecord,
} from './interface.ts';
import type { HostImageStore } from './image-store.ts';
import type { ContainerRootfs, RootfsStore } from './rootfs.ts';
import type { StdioTable } from './stdio.ts';

/** Namespaces of a running container; `own` ones end with it. */
export interface RunningNamespaces {
  readonly mnt: NamespaceId;
  readonly pid: NamespaceId;
  readonly net: NamespaceId;
  readonly uts: NamespaceId;
  readonly ipc: NamespaceId;
  readonly cgroup: NamespaceId;
  readonly ownsNet: boolean;
}

export interface ContainerCell {
  readonly record: ContainerRecord;
  readonly rootfs: ContainerRootfs;
  /** The pause container of a sandbox: not listed, has no log. */
  readonly pause?: true;
  readonly namespaces?: RunningNamespaces;
  readonly credentials?: Credentials;
  readonly home?: string;
  readonly shim?: number;
  /** Who waits for the end of a stop, and the event of its SIGKILL. */
  readonly stopping?: readonly Notify[];
  readonly killSeq?: number;
  readonly oom?: true;
}

export interface SandboxCell {
  readonly record: SandboxRecord;
  readonly netnsName?: string;
  /** A container has been started in it. */
  readonly entered?: true;
  readonly ipc: NamespaceId;
  readonly uts: NamespaceId;
  readonly pid: NamespaceId;
}

/** What the runtime's parts share. */
export interface RuntimeParts {
  readonly sim: Simulation;
  readonly host: Host;
  readonly target: string;
  readonly rootfs: RootfsStore;
  readonly stdio: StdioTable;
  readonly logs: ContainerLogs;
  readonly containers: Map<string, ContainerCell>;
  readonly sandboxes: Map<string, SandboxCell>;
  store(namespace: RuntimeNamespace): HostImageStore;
  publish(event: RuntimeEvent, namespace: RuntimeNamespace, containerId: string, sandboxId?: string): void;
}

/** Replaces members of a container's record. */
export function change(
  parts: RuntimeParts,
  id: string,
  record: Partial<ContainerRecord>,
  rest: Partial<Omit<ContainerCell, 'record'>> = {},
): ContainerCell | undefined {
  const cell = parts.containers.get(id);
  if (cell === undefined) return undefined;
  const next = { ...cell, ...rest, record: { ...cell.record, ...record } };
  parts.containers.set(id, next);
  return next;
}

/** A container by its exact id; pause containers are not among them. */
export function findCell(parts: RuntimeParts, id: string): ContainerCell | undefined {
  const cell = parts.containers.get(id);
  return cell?.pause === true ? undefined : cell;
}

export const notFound = (id: string): RuntimeFailure => ({ failure: 'not-found', message: `No such container: ${id}` });
