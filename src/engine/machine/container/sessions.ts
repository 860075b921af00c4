/** Exec and attach: who listens to which process's streams. */
import type { Plain } from '../../../protocol/plain.ts';
import type { WindowSize } from '../../../protocol/program.ts';
import { tell } from '../../sim/notify.ts';
import type { ContainerCell, RuntimeParts } from './cells.ts';
import { spawnExec } from './exec-process.ts';
import type { ExecSpec, RuntimeFailure, StreamNotify } from './interface.ts';
import type { LogStream } from './log-format.ts';

interface Session {
  readonly id: string;
  readonly kind: 'exec' | 'attach';
  readonly containerId: string;
  notify: StreamNotify;
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly exec?: ExecSpec;
  flow: boolean;
  pid: number;
  timedOut?: true;
  timeoutSeq?: number;
  exitCode?: number;
}

/** From the request to the command's first instruction. */
const EXEC_US = 25_000;

export class Sessions {
  readonly #sessions = new Map<string, Session>();
  constructor(private readonly parts: RuntimeParts) {}

  // ---- exec

  exec(cell: ContainerCell, spec: ExecSpec, notify: StreamNotify): string {
    const { sim, target } = this.parts;
    const id = sim.random.for(target, 'exec').hex(64);
    const stdin = spec.stdin === true;
    this.#sessions.set(id, {
      id,
      kind: 'exec',
      containerId: cell.record.id,
      notify,
      stdin,
      stdout: true,
      stderr: true,
      exec: spec,
      flow: true,
      pid: 0,
    });
    // The streams exist at once, so that input sent early is kept.
    this.parts.stdio.open(`x/${id}`, {
      tty: spec.tty === true,
      stdin,
      ...(spec.size === undefined ? {} : { size: spec.size }),
    });
    sim.loop.schedule(EXEC_US, target, 'exec.start', { sessionId: id });
    return id;
  }

  startExec(sessionId: string): void {
    const session = this.#sessions.get(sessionId);
    const spec = session?.exec;
    if (session === undefined || spec === undefined) return;
    const cell = this.parts.containers.get(session.containerId);
    if (cell?.namespaces === undefined || cell.record.state !== 'running') {
      this.#fail(session, 126, `cannot exec in a stopped container: unknown`);
      return;
    }
    const pid = spawnExec(this.parts, { ...cell, namespaces: cell.namespaces }, session, spec);
    if (typeof pid !== 'number') {
      this.#fail(session, pid.exitCode, pid.message);
      return;
    }
    const { record } = cell;
    session.pid = pid;
    this.parts.publish('exec-started', record.spec.namespace, record.id, record.spec.sandboxId);
    if (spec.timeoutUs !== undefined)
      session.timeoutSeq = this.parts.sim.loop.schedule(spec.timeoutUs, this.parts.target, 'exec.timeout', {
        sessionId,
      });
  }

  #fail(session: Session, exitCode: number, error: string): void {
    this.parts.stdio.close(`x/${session.id}`);
    this.#sessions.delete(session.id);
    tell(this.parts.sim.loop, session.notify.ended, { sessionId: session.id, exitCode, error });
  }

  timeout(sessionId: string): void {
    const session = this.#sessions.get(sessionId);
    if (session === undefined || session.pid === 0) return;
    session.timedOut = true;
    this.parts.host.kernel.kill(session.pid, 'SIGKILL');
  }

  execExited(sessionId: string, exitCode: number): void {
    const session = this.#sessions.get(sessionId);
    if (session === undefined) return;
    session.exitCode = exitCode;
    session.pid = 0;
    if (session.timeoutSeq !== undefined) this.parts.sim.loop.cancel(session.timeoutSeq);
    const container = this.parts.containers.get(session.containerId)?.record;
    if (container !== undefined)
      this.parts.publish('exec-ended', container.spec.namespace, container.id, container.spec.sandboxId);
    this.#pumpExec(session, 'stdout');
    this.#pumpExec(session, 'stderr');
    this.#finishExec(session);
  }

  #finishExec(session: Session): void {
    if (session.exitCode === undefined || !session.flow) return;
    this.parts.stdio.close(`x/${session.id}`);
    this.#sessions.delete(session.id);
    tell(this.parts.sim.loop, session.notify.ended, {
      sessionId: session.id,
      exitCode: session.exitCode,
      ...(session.timedOut === true ? { timedOut: true } : {}),
    });
  }

  execPid(sessionId: string): number {
    return this.#sessions.get(sessionId)?.pid ?? 0;
  }

  // ---- attach

  attach(
    cell: ContainerCell,
    streams: { readonly stdin: boolean; readonly stdout: boolean; readonly stderr: boolean },
    notify: StreamNotify,
  ): string {
    const { record } = cell;
    const id = this.parts.sim.random.for(this.parts.target, 'attach').hex(64);
    this.#sessions.set(id, { id, kind: 'attach', containerId: record.id, notify, ...streams, flow: true, pid: 0 });
    this.parts.stdio.open(`c/${record.id}`, { tty: record.spec.tty === true, stdin: record.spec.stdin === true });
    return id;
  }

  /** The container's streams have ended. */
  endAttached(containerId: string): void {
    for (const session of this.#attached(containerId)) {
      this.#sessions.delete(session.id);
      tell(this.parts.sim.loop, session.notify.ended, { sessionId: session.id });
    }
  }

  #attached(containerId: string): readonly Session[] {
    return [...this.#sessions.values()].filter(
      (session) => session.kind === 'attach' && session.containerId === containerId,
    );
  }

  // ---- streams

  /** There is output of `c/<container>` or `x/<session>`. */
  pump(owner: string, channel: LogStream): void {
    const id = owner.slice(2);
    if (owner.startsWith('c/')) this.pumpContainer(id, channel, false);
    else {
      const session = this.#sessions.get(id);
      if (session !== undefined) this.#pumpExec(session, channel);
    }
  }

  /** `force`: the process is gone, so a slow reader holds nobody up. */
  pumpContainer(containerId: string, channel: LogStream, force: boolean): void {
    const cell = this.parts.containers.get(containerId);
    if (cell === undefined) return;
    const attached = this.#attached(containerId).filter((session) => session[channel]);
    if (!force && attached.some(({ flow }) => !flow)) return;
    for (;;) {
      const bytes = this.parts.stdio.read(`c/${containerId}`, channel);
      if (bytes.length === 0) return;
      this.parts.logs.write(containerId, cell.record.spec.log, channel, bytes);
      for (const session of attached) this.#output(session, channel, bytes);
    }
  }

  #pumpExec(session: Session, channel: LogStream): void {
    while (session.flow) {
      const bytes = this.parts.stdio.read(`x/${session.id}`, channel);
      if (bytes.length === 0) return;
      this.#output(session, channel, bytes);
    }
  }

  #output(session: Session, channel: LogStream, bytes: Uint8Array): void {
    const { output } = session.notify;
    if (output !== undefined) tell(this.parts.sim.loop, output, { sessionId: session.id, channel, bytes });
  }

  input(sessionId: string, bytes: Uint8Array): void {
    const session = this.#sessions.get(sessionId);
    if (session?.stdin === true) this.parts.stdio.input(ownerOf(session), bytes);
  }

  closeInput(sessionId: string): void {
    const session = this.#sessions.get(sessionId);
    if (session?.stdin !== true) return;
    const once =
      session.kind === 'exec' || this.parts.containers.get(session.containerId)?.record.spec.stdinOnce === true;
    if (once) this.parts.stdio.closeInput(ownerOf(session));
  }

  resize(id: string, size: WindowSize): RuntimeFailure | undefined {
    const session = this.#sessions.get(id);
    const owner = session === undefined ? `c/${id}` : ownerOf(session);
    return this.parts.stdio.resize(owner, size)
      ? undefined
      : { failure: 'not-running', message: `no terminal of ${id}` };
  }

  setFlow(sessionId: string, open: boolean): void {
    const session = this.#sessions.get(sessionId);
    if (session === undefined || session.flow === open) return;
    session.flow = open;
    if (!open) return;
    for (const channel of ['stdout', 'stderr'] as const) this.pump(ownerOf(session), channel);
    if (session.kind === 'exec') this.#finishExec(session);
  }

  detach(sessionId: string): void {
    const session = this.#sessions.get(sessionId);
    if (session === undefined) return;
    if (session.kind === 'attach') {
      this.closeInput(sessionId);
      this.#sessions.delete(sessionId);
      for (const channel of ['stdout', 'stderr'] as const) this.pumpContainer(session.containerId, channel, false);
      return;
    }
    session.notify = { ended: session.notify.ended };
    this.setFlow(sessionId, true);
  }

  snapshot(): Plain {
    return [...this.#sessions.values()].map((session) => ({ ...session })) as unknown as Plain;
  }
  restore(state: Plain): void {
    this.#sessions.clear();
    for (const session of state as unknown as Session[]) this.#sessions.set(session.id, { ...session });
  }
}

const ownerOf = ({ kind, id, containerId }: Session): string => (kind === 'exec' ? `x/${id}` : `c/${containerId}`);
