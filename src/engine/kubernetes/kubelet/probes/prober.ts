/**
 * Probes and hooks of one pod's containers.
 * Models: http, tcp and exec with their thresholds and texts; grpc as a TCP connection.
 */
import type { Plain } from '../../../../protocol/plain.ts';
import { decodeUtf8, concatBytes } from '../../../../protocol/bytes.ts';
import { isFailure } from '../../../machine/container/interface.ts';
import type { Container, LifecycleHandler, Probe } from '../../apimachinery/types.ts';
import { stopContainer } from '../pod/termination.ts';
import type { PodHandle, PodProber } from '../pod/pod-handle.ts';
import type { WorkerContext } from '../pod/worker-context.ts';
import type { ContainerWork } from '../pod/work-state.ts';
import { formatGoDuration } from '../pod/back-off.ts';
import type { CallPurpose } from './call.ts';
import {
  initialDelayUs,
  newProbeState,
  periodUs,
  recordOutcome,
  timeoutUs,
  type ProbeKind,
  type ProbeState,
} from './plan.ts';

/** A fresh container gets its first probe after this, µs. */
const FIRST_PROBE_US = 10_000;
/** Output of a probe's command that is kept for the event. */
const MAX_OUTPUT = 10_240;

const KINDS: readonly ProbeKind[] = ['startup', 'liveness', 'readiness'];
const NAMES: Readonly<Record<ProbeKind, string>> = { startup: 'Startup', liveness: 'Liveness', readiness: 'Readiness' };

export class Prober implements PodProber {
  /** Output of running commands by session. */
  readonly #output = new Map<string, Uint8Array[]>();

  constructor(
    private readonly worker: PodHandle,
    private readonly context: WorkerContext,
  ) {}

  /** The container runs: its probes begin. */
  begin(own: ContainerWork): void {
    const container = this.worker.containerOf(own.name);
    if (container === undefined || own.kind === 'init') return;
    if (container.startupProbe !== undefined && !own.started) this.#beginOne(own, 'startup', container.startupProbe);
    else {
      if (container.livenessProbe !== undefined) this.#beginOne(own, 'liveness', container.livenessProbe);
      if (container.readinessProbe !== undefined) this.#beginOne(own, 'readiness', container.readinessProbe);
    }
  }

  stop(own: ContainerWork): void {
    for (const kind of KINDS) {
      const state = own.probes[kind];
      if (state?.seq !== undefined) this.context.options.simulation.loop.cancel(state.seq);
      own.probes[kind] = undefined;
    }
  }

  stopAll(): void {
    for (const own of this.worker.work.containers) this.stop(own);
  }

  #beginOne(own: ContainerWork, kind: ProbeKind, probe: Probe): void {
    // The series tells late answers about an earlier container from those about this one.
    const state = newProbeState(own.restarts * 8 + KINDS.indexOf(kind));
    own.probes[kind] = state;
    this.#schedule(own, kind, state, initialDelayUs(probe) + FIRST_PROBE_US);
  }

  #schedule(own: ContainerWork, kind: ProbeKind, state: ProbeState, delayUs: number): void {
    state.seq = this.context.options.simulation.loop.schedule(delayUs, this.context.target, 'probe', {
      uid: this.worker.uid,
      container: own.name,
      kind,
      series: state.series,
    });
  }

  handle(type: string, own: ContainerWork, payload: { readonly [key: string]: Plain }): void {
    if (type === 'probe') this.#probe(own, payload['kind'] as ProbeKind, payload['series'] as number);
    else if (type === 'call-answered')
      this.answered(own, payload['purpose'] as CallPurpose, payload['error'] as string | undefined);
    else if (type === 'exec-output') this.#collect(payload['sessionId'] as string, payload['bytes'] as Uint8Array);
    else if (type === 'exec-ended') this.#execEnded(own, payload);
    else if (type === 'prestop-ended') this.#preStopEnded(own, payload);
  }

  #probeOf(own: ContainerWork, kind: ProbeKind): Probe | undefined {
    const container = this.worker.containerOf(own.name);
    return kind === 'startup'
      ? container?.startupProbe
      : kind === 'liveness'
        ? container?.livenessProbe
        : container?.readinessProbe;
  }

  #probe(own: ContainerWork, kind: ProbeKind, series: number): void {
    const state = own.probes[kind];
    const probe = this.#probeOf(own, kind);
    if (state === undefined || probe === undefined || state.series !== series || own.step !== 'running' || own.stopping)
      return;
    this.#schedule(own, kind, state, periodUs(probe));
    if (state.busy) return;
    state.busy = true;
    this.#ask(own, probe, { kind, series }, timeoutUs(probe));
  }

  /** Starts a hook; `type` comes back to the worker with `{ id, error? }`. */
  runHook(own: ContainerWork, hook: LifecycleHandler, type: string, graceSeconds: number): void {
    const purpose: CallPurpose = { hook: type, id: own.id ?? '' };
    if (hook.sleep !== undefined) {
      this.context.options.simulation.loop.schedule(
        Math.min(hook.sleep.seconds, graceSeconds) * 1_000_000,
        this.context.target,
        'call-answered',
        { uid: this.worker.uid, container: own.name, purpose },
      );
      return;
    }
    this.#ask(own, hook, purpose, graceSeconds * 1_000_000);
  }

  #ask(
    own: ContainerWork,
    action: LifecycleHandler & Pick<Probe, 'grpc'>,
    purpose: CallPurpose,
    limitUs: number,
  ): void {
    const { options } = this.context;
    const container = this.worker.containerOf(own.name);
    if (action.exec !== undefined && own.id !== undefined) {
      const session = options.runtime.exec(
        own.id,
        { argv: action.exec.command ?? [], timeoutUs: limitUs },
        {
          output: this.context.notify('exec-output', this.worker.uid, own.name),
          ended: {
            ...this.context.notify('exec-ended', this.worker.uid, own.name),
            payload: {
              uid: this.worker.uid,
              container: own.name,
              purpose,
              limitUs,
              command: (action.exec.command ?? []).join(' '),
            },
          },
        },
      );
      if (isFailure(session)) this.answered(own, purpose, session.message);
      return;
    }
    const [ip = ''] = this.worker.work.ips;
    const call = { uid: this.worker.uid, container: own.name, purpose, limitUs };
    if (action.httpGet !== undefined) {
      const { path = '/', port, host, scheme = 'HTTP', httpHeaders = [] } = action.httpGet;
      const number = portNumber(port, container);
      const address = host === undefined || host === '' ? ip : host;
      const headers = Object.fromEntries(httpHeaders.map(({ name, value }) => [name.toLowerCase(), value]));
      this.context.calls.http({
        ...call,
        ip: address,
        port: number,
        https: scheme === 'HTTPS',
        path: path.startsWith('/') ? path : `/${path}`,
        headers,
      });
    } else if (action.tcpSocket !== undefined) {
      const { port, host } = action.tcpSocket;
      this.context.calls.tcp({
        ...call,
        ip: host === undefined || host === '' ? ip : host,
        port: portNumber(port, container),
      });
    } else if (action.grpc !== undefined) this.context.calls.tcp({ ...call, ip, port: action.grpc.port });
    else this.answered(own, purpose, undefined);
  }

  /** A question has been answered; `error` says how it failed. */
  answered(own: ContainerWork, purpose: CallPurpose, error: string | undefined): void {
    if ('hook' in purpose) {
      this.worker.handle(purpose.hook, own.name, { id: purpose.id, ...(error === undefined ? {} : { error }) });
      return;
    }
    const { kind, series } = purpose;
    const state = own.probes[kind];
    const probe = this.#probeOf(own, kind);
    if (state === undefined || probe === undefined || state.series !== series || own.step !== 'running') return;
    state.busy = false;
    if (error !== undefined)
      this.worker.containerEvent(own, 'Warning', 'Unhealthy', `${NAMES[kind]} probe failed: ${error}`);
    const result = recordOutcome(state, probe, error === undefined);
    if (result === undefined) return;
    this.#act(own, kind, probe, result);
  }

  #act(own: ContainerWork, kind: ProbeKind, probe: Probe, result: 'success' | 'failure'): void {
    if (kind === 'readiness') {
      own.ready = result === 'success' && own.started;
      this.context.statusChanged(this.worker.uid);
      return;
    }
    if (result === 'success') {
      if (kind !== 'startup') return;
      this.stop(own);
      own.started = true;
      own.ready = this.worker.containerOf(own.name)?.readinessProbe === undefined;
      this.begin(own);
      this.worker.sync();
      return;
    }
    const grace = probe.terminationGracePeriodSeconds ?? this.worker.pod.spec.terminationGracePeriodSeconds ?? 30;
    stopContainer(
      this.worker,
      this.context,
      own,
      grace,
      `Container ${own.name} failed ${kind} probe, will be restarted`,
    );
  }

  snapshot(): Plain {
    return [...this.#output].map(([session, parts]) => ({ session, parts }));
  }

  restore(state: Plain): void {
    for (const { session, parts } of state as unknown as { session: string; parts: Uint8Array[] }[])
      this.#output.set(session, [...parts]);
  }

  #collect(session: string, bytes: Uint8Array): void {
    const parts = this.#output.get(session) ?? [];
    if (parts.reduce((sum, part) => sum + part.length, 0) < MAX_OUTPUT) parts.push(bytes);
    this.#output.set(session, parts);
  }

  #execEnded(own: ContainerWork, payload: { readonly [key: string]: Plain }): void {
    const session = payload['sessionId'] as string;
    const output = decodeUtf8(concatBytes(this.#output.get(session) ?? []));
    this.#output.delete(session);
    const purpose = payload['purpose'] as CallPurpose;
    const error = payload['error'];
    if (payload['timedOut'] === true)
      this.answered(
        own,
        purpose,
        `command timed out: "${payload['command'] as string}" timed out after ${formatGoDuration(payload['limitUs'] as number)}`,
      );
    else if (typeof error === 'string') this.answered(own, purpose, error);
    else this.answered(own, purpose, payload['exitCode'] === 0 ? undefined : output);
  }

  #preStopEnded(own: ContainerWork, payload: { readonly [key: string]: Plain }): void {
    if (own.step !== 'running' || payload['id'] !== own.id || own.id === undefined) return;
    if (typeof payload['error'] === 'string')
      this.worker.containerEvent(own, 'Warning', 'FailedPreStopHook', 'PreStopHook failed');
    const { terminating } = this.worker.work;
    const nowUs = this.context.options.simulation.clock.nowUs;
    const left =
      terminating === undefined
        ? (this.worker.pod.spec.terminationGracePeriodSeconds ?? 30)
        : (terminating.deadlineUs - nowUs) / 1_000_000;
    // However long the hook took, the container gets two seconds.
    this.context.options.runtime.stop(
      own.id,
      Math.max(2, Math.ceil(left)),
      this.context.notify('stopped', this.worker.uid, own.name),
    );
  }
}

function portNumber(port: number | string, container: Container | undefined): number {
  if (typeof port === 'number') return port;
  return container?.ports?.find(({ name }) => name === port)?.containerPort ?? Number(port);
}
