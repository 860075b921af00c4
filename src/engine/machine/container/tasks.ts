/** The OCI state machine of containers: created, running, paused, exited, gone. */
import type { Signal } from '../../../protocol/program.ts';
import { tell, type Notify } from '../../sim/notify.ts';
import { change, findCell, notFound, type ContainerCell, type RuntimeParts } from './cells.ts';
import type * as api from './interface.ts';
import { launch, leaveNamespaces } from './launch.ts';
import { parseSignal } from './process-setup.ts';
import type { RestingContainers } from './resting.ts';
import type { Sessions } from './sessions.ts';

/** runc create and start, until the first instruction of the program. */
const START_US = 90_000;

export class Tasks {
  constructor(
    private readonly parts: RuntimeParts,
    private readonly sessions: Sessions,
    private readonly resting: RestingContainers,
  ) {}

  start(containerId: string, done: Notify): api.RuntimeFailure | undefined {
    const cell = findCell(this.parts, containerId);
    if (cell === undefined) return notFound(containerId);
    const { state } = cell.record;
    if (state === 'running' || state === 'paused')
      return { failure: 'conflict', message: 'container is already running' };
    if (state === 'removing')
      return { failure: 'conflict', message: 'container is marked for removal and cannot be started' };
    this.parts.sim.loop.schedule(START_US, this.parts.target, 'start', { containerId, done: { ...done } });
    return undefined;
  }

  /** The time of `start` is over: the container begins, or rests until somebody looks. */
  begin(containerId: string, done: Notify): void {
    const cell = findCell(this.parts, containerId);
    const { sim } = this.parts;
    if (cell === undefined || cell.record.state === 'running') {
      const message = cell === undefined ? `No such container: ${containerId}` : 'container is already running';
      tell(sim.loop, done, { containerId, result: { ok: false, failure: 'conflict', message, exitCode: 128 } });
      return;
    }
    const rests = this.resting.mayRest(cell);
    if (!rests) this.resting.awaken();
    this.#enterSandbox(cell.record.spec.sandboxId);
    const result = rests ? this.#rest(containerId) : this.#launch(cell);
    if (result.ok) {
      const { name, namespace, sandboxId } = cell.record.spec;
      const subject = `container/${this.parts.host.name}/${containerId.slice(0, 12)}`;
      sim.trace.record(this.parts.target, 'container.started', subject, { name, namespace });
      this.parts.publish('started', namespace, containerId, sandboxId);
    } else {
      this.sessions.endAttached(containerId);
      this.parts.stdio.close(`c/${containerId}`);
      change(this.parts, containerId, { error: result.message, exitCode: result.exitCode });
    }
    tell(sim.loop, done, { containerId, result });
  }

  #enterSandbox(sandboxId: string | undefined): void {
    const sandbox = this.parts.sandboxes.get(sandboxId ?? '');
    if (sandbox?.entered === undefined && sandbox !== undefined)
      this.parts.sandboxes.set(sandbox.record.id, { ...sandbox, entered: true });
  }

  #rest(containerId: string): api.StartOutcome {
    const startedUnixUs = this.parts.sim.clock.unixUs;
    change(this.parts, containerId, {
      state: 'running',
      startedUnixUs,
      finishedUnixUs: 0,
      exitCode: 0,
      oomKilled: false,
    });
    this.resting.rest(containerId);
    return { ok: true, pid: 0, startedUnixUs };
  }

  #launch(cell: ContainerCell): api.StartOutcome {
    this.parts.logs.begin(cell.record.spec.log);
    return launch(this.parts, cell);
  }

  /** Somebody looks at a container that rested. */
  awake(containerId: string): void {
    const cell = this.parts.containers.get(containerId);
    if (cell === undefined) return;
    const result = this.#launch(cell);
    if (!result.ok) throw new Error(`drydock: a container at rest could not begin: ${result.message}`);
    const sandbox = cell.pause === true ? this.parts.sandboxes.get(containerId) : undefined;
    if (sandbox !== undefined)
      this.parts.sandboxes.set(containerId, { ...sandbox, record: { ...sandbox.record, pid: result.pid } });
  }

  stop(containerId: string, timeoutSeconds: number, done: Notify, signal?: string): api.RuntimeFailure | undefined {
    const cell = findCell(this.parts, containerId);
    if (cell === undefined) return notFound(containerId);
    const { sim, host } = this.parts;
    if (cell.record.pid === 0) {
      tell(sim.loop, done, { containerId });
      return undefined;
    }
    if (cell.record.state === 'paused') this.freeze(containerId, 'paused', 'running', '0');
    const current = findCell(this.parts, containerId) ?? cell;
    const first = signal === undefined ? cell.record.stopSignal : parseSignal(signal);
    if (first === undefined) return { failure: 'invalid', message: `invalid signal: ${String(signal)}` };
    host.kernel.kill(cell.record.pid, first);
    if (cell.killSeq !== undefined) sim.loop.cancel(cell.killSeq);
    const killSeq =
      timeoutSeconds < 0
        ? undefined
        : sim.loop.schedule(timeoutSeconds * 1_000_000, this.parts.target, 'stop.timeout', { containerId });
    const { killSeq: _, ...rest } = current;
    this.parts.containers.set(containerId, {
      ...rest,
      stopping: [...(cell.stopping ?? []), done],
      ...(killSeq === undefined ? {} : { killSeq }),
    });
    return undefined;
  }

  kill(containerId: string, signal: Signal): api.RuntimeFailure | undefined {
    const cell = findCell(this.parts, containerId);
    if (cell === undefined) return notFound(containerId);
    if (cell.record.pid === 0) return { failure: 'not-running', message: `container ${containerId} is not running` };
    this.parts.host.kernel.kill(cell.record.pid, signal);
    return undefined;
  }

  freeze(
    containerId: string,
    from: api.ContainerState,
    to: api.ContainerState,
    value: string,
  ): api.RuntimeFailure | undefined {
    const cell = findCell(this.parts, containerId);
    if (cell === undefined) return notFound(containerId);
    if (cell.record.state !== from)
      return {
        failure: 'not-running',
        message:
          from === 'paused' ? `Container ${containerId} is not paused` : `container ${containerId} is not running`,
      };
    this.parts.host.kernel.cgroups.write(cell.record.cgroupPath, 'cgroup.freeze', value);
    change(this.parts, containerId, { state: to });
    this.parts.publish(
      to === 'paused' ? 'paused' : 'unpaused',
      cell.record.spec.namespace,
      containerId,
      cell.record.spec.sandboxId,
    );
    return undefined;
  }

  remove(containerId: string, options: { readonly force?: boolean } = {}): api.RuntimeFailure | undefined {
    const cell = findCell(this.parts, containerId);
    if (cell === undefined) return undefined;
    if (cell.record.pid !== 0) {
      if (options.force !== true) return { failure: 'conflict', message: `container ${containerId} is running` };
      this.parts.host.kernel.kill(cell.record.pid, 'SIGKILL');
      // The record goes when the process has ended; its exit is told as always.
      change(this.parts, containerId, { state: 'removing' });
      if (findCell(this.parts, containerId)?.record.pid !== 0) return undefined;
    }
    this.#erase(containerId);
    return undefined;
  }

  #erase(containerId: string): void {
    const cell = findCell(this.parts, containerId);
    if (cell === undefined) return;
    this.sessions.endAttached(containerId);
    this.parts.stdio.close(`c/${containerId}`);
    this.parts.rootfs.remove(cell.rootfs);
    this.parts.containers.delete(containerId);
    this.parts.publish('removed', cell.record.spec.namespace, containerId, cell.record.spec.sandboxId);
  }

  outOfMemory(containerId: string): void {
    const cell = change(this.parts, containerId, {}, { oom: true });
    if (cell !== undefined)
      this.parts.publish('oom', cell.record.spec.namespace, containerId, cell.record.spec.sandboxId);
  }

  mainExited(containerId: string, exitCode: number, oomKilled: boolean): void {
    const cell = this.parts.containers.get(containerId);
    // Told once per run; what comes after the end is an echo.
    if (cell === undefined || cell.record.pid === 0) return;
    const { sim, host } = this.parts;
    const { spec } = cell.record;
    if (cell.pause !== true) {
      this.sessions.pumpContainer(containerId, 'stdout', true);
      this.sessions.pumpContainer(containerId, 'stderr', true);
      this.parts.logs.end(containerId, spec.log);
      this.sessions.endAttached(containerId);
      this.parts.stdio.close(`c/${containerId}`);
    }
    if (cell.namespaces !== undefined) leaveNamespaces(this.parts, cell, cell.namespaces);
    if (cell.shim !== undefined && (cell.pause === true || spec.sandboxId === undefined))
      host.kernel.exitComponent(cell.shim, 0);
    if (cell.killSeq !== undefined) sim.loop.cancel(cell.killSeq);
    const finishedUnixUs = sim.clock.unixUs;
    const oom = oomKilled || cell.oom === true;
    const removing = cell.record.state === 'removing';
    const { namespaces: _n, shim: _s, stopping, killSeq: _k, oom: _o, ...rest } = cell;
    this.parts.containers.set(containerId, {
      ...rest,
      record: { ...cell.record, state: 'exited', pid: 0, exitCode, oomKilled: oom, finishedUnixUs },
    });
    if (cell.pause !== true) {
      sim.trace.record(
        this.parts.target,
        'container.exited',
        `container/${this.parts.host.name}/${containerId.slice(0, 12)}`,
        { name: spec.name, namespace: spec.namespace, exitCode },
      );
      this.parts.publish('exited', spec.namespace, containerId, spec.sandboxId);
    }
    const exit: api.ContainerExit = { containerId, exitCode, oomKilled: oom, finishedUnixUs };
    tell(sim.loop, spec.exited, exit);
    for (const done of stopping ?? []) tell(sim.loop, done, { containerId });
    if (removing) this.#erase(containerId);
  }
}
