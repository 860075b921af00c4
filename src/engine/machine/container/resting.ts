/**
 * Containers of pods that nobody looks into: started, and without processes, mounts and log until somebody does. Then they
 * begin at the time they were started at, one after the other, so that nothing shows that they were late.
 * Only containers rest of which nothing can be told before: see `mayRest`.
 */
import type { Plain } from '../../../protocol/plain.ts';
import type { LateEvent } from '../../sim/event-loop.ts';
import type { ContainerCell, RuntimeParts } from './cells.ts';
import type { ContainerSpec, MountSpec } from './interface.ts';

/** Less room on the disk than this may stop a container that writes while it begins. */
const ROOM_BYTES = 256 * 1024 * 1024;

export class RestingContainers {
  /** In the order of their starts. */
  #late: LateEvent[] = [];
  readonly #wake = (): void => {
    this.awaken();
  };

  constructor(private readonly parts: RuntimeParts) {}

  /** Whether this container's start can wait until somebody looks. */
  mayRest(cell: ContainerCell): boolean {
    const { parts } = this;
    const image = parts.store(cell.record.spec.namespace).image(cell.record.imageId);
    const rests = image?.definition.rests;
    if (rests === undefined) return false;
    const { totalBytes, madeBytes } = parts.host.files.diskUsage();
    if (totalBytes - madeBytes < ROOM_BYTES) return false;
    if (cell.pause === true) return true;
    const { spec } = cell.record;
    const sandbox = parts.sandboxes.get(spec.sandboxId ?? '');
    if (sandbox === undefined || sandbox.entered === true || parts.logs.isFollowed(cell.record.id)) return false;
    const { memoryLimitBytes = Infinity, pidsLimit = Infinity } = spec.resources;
    return memoryLimitBytes >= rests.memoryBytes && pidsLimit >= rests.processes && isPlain(spec);
  }

  /** Puts the begin of a container off: the event `begin` of the runtime, with its id. */
  rest(containerId: string): void {
    const { sim, target } = this.parts;
    this.#late.push({ atUs: sim.clock.nowUs, target, type: 'begin', payload: { containerId } });
    this.#mark(containerId, true);
  }

  /** Somebody looks: all that rests here begins, at its own time. */
  awaken(): void {
    if (this.#late.length === 0) return;
    const late = this.#late;
    this.#late = [];
    for (const { payload } of late) this.#mark(idOf(payload), false);
    this.parts.sim.loop.catchUp(late);
  }

  /** Programs and packets ask before they look. */
  #mark(containerId: string, resting: boolean): void {
    const { kernel, net } = this.parts.host;
    const wake = resting ? this.#wake : undefined;
    kernel.resting = wake;
    const { spec } = this.parts.containers.get(containerId)?.record ?? {};
    const netns = this.parts.sandboxes.get(spec?.sandboxId ?? '')?.record.netns;
    if (netns !== undefined) net.setResting(netns, wake);
  }

  snapshot(): Plain {
    return this.#late as unknown as Plain;
  }

  /** The containers and sandboxes are there by now. */
  restore(state: Plain): void {
    for (const { payload } of this.#late) this.#mark(idOf(payload), false);
    this.#late = [...(state as unknown as LateEvent[])];
    for (const { payload } of this.#late) this.#mark(idOf(payload), true);
  }
}

const idOf = (payload: Plain): string => (payload as { readonly containerId: string }).containerId;

/** As the image is and as every pod has it: nothing in the pod's spec can make its begin fail or end. */
function isPlain(spec: ContainerSpec): boolean {
  return (
    spec.namespace === 'k8s.io' &&
    [spec.entrypoint, spec.command, spec.user, spec.workingDir, spec.devices, spec.sysctls].every(isAbsent) &&
    [spec.supplementaryGroups, spec.capAdd, spec.capDrop].every((list) => list === undefined || list.length === 0) &&
    ![spec.tty, spec.stdin, spec.readonlyRootfs, spec.privileged, spec.noNewPrivileges, spec.seccomp].includes(true) &&
    spec.network === 'sandbox' &&
    spec.ipc === 'sandbox' &&
    spec.uts === 'sandbox' &&
    spec.pid === 'private' &&
    spec.log.driver === 'cri' &&
    spec.mounts.every(isOfEveryPod)
  );
}

const isAbsent = (member: unknown): boolean => member === undefined;

/** The kubelet's own files and the token, which no server of an image reads while it begins: where from, by where to. */
const POD_FILES: Readonly<Record<string, RegExp>> = {
  '/etc/hosts': /^\/var\/lib\/kubelet\/pods\/[^/]+\/etc-hosts$/,
  '/etc/resolv.conf': /^\/var\/lib\/kubelet\/pods\/[^/]+\/resolv\.conf$/,
  '/var/run/secrets/kubernetes.io/serviceaccount':
    /^\/var\/lib\/kubelet\/pods\/[^/]+\/volumes\/kubernetes\.io~projected\//,
};

const isOfEveryPod = ({ source, target }: MountSpec): boolean => POD_FILES[target]?.test(source) ?? false;
