/**
 * Leader election over a Lease (client-go tools/leaderelection). A component: acquires, renews every retry period, and tells
 * its owner when it begins and ceases to lead.
 */
import type { Plain } from '../../../protocol/plain.ts';
import { formatRfc3339Micro } from '../../sim/clock.ts';
import type { Component } from '../../sim/component.ts';
import { type Notify, tell } from '../../sim/notify.ts';
import type { Simulation } from '../../sim/simulation.ts';
import { failedWith, isFailure } from '../apimachinery/status.ts';
import type { Lease } from '../apimachinery/types.ts';
import type { Client } from './interface.ts';

/** kube-controller-manager's and kube-scheduler's defaults. */
export const LEASE_DURATION_SECONDS = 15;
const RENEW_DEADLINE_US = 10_000_000;
const RETRY_PERIOD_US = 2_000_000;
const JITTER = 1.2;
const LEASES = 'leases.coordination.k8s.io';

export interface LeaderElectorOptions {
  readonly simulation: Simulation;
  /** Where its events go; register it under this name. */
  readonly target: string;
  readonly client: Client;
  readonly namespace: string;
  readonly name: string;
  /** `control-plane_6f1c…`. */
  readonly identity: string;
  /** Told with `{ leading: boolean }`. */
  readonly notify: Notify;
}

export class LeaderElector implements Component {
  #leading = false;
  #renewedUs = 0;
  #next: number | undefined;
  /** The holder's last renewal as seen, and when it was first seen so. */
  #seen: { readonly renewTime: string; readonly atUs: number } | undefined;

  constructor(private readonly options: LeaderElectorOptions) {}

  get leading(): boolean {
    return this.#leading;
  }

  start(): void {
    if (this.#next === undefined) this.#schedule(0);
  }

  stop(): void {
    if (this.#next !== undefined) this.options.simulation.loop.cancel(this.#next);
    this.#next = undefined;
    this.#leading = false;
  }

  handle(): void {
    this.#next = undefined;
    const { simulation } = this.options;
    const held = this.#tryHold();
    if (held) this.#renewedUs = simulation.clock.nowUs;
    if (held !== this.#leading && (held || simulation.clock.nowUs - this.#renewedUs >= RENEW_DEADLINE_US)) {
      this.#leading = held;
      tell(simulation.loop, this.options.notify, { leading: held });
    }
    const spread = this.#leading
      ? 1
      : 1 + (JITTER - 1) * simulation.random.for('leader-elector', this.options.target, 'retry').fraction();
    this.#schedule(RETRY_PERIOD_US * spread);
  }

  snapshot(): Plain {
    return { leading: this.#leading, renewedUs: this.#renewedUs, next: this.#next, seen: this.#seen };
  }

  restore(state: Plain): void {
    const saved = state as {
      leading: boolean;
      renewedUs: number;
      next: number | undefined;
      seen?: { renewTime: string; atUs: number };
    };
    this.#leading = saved.leading;
    this.#renewedUs = saved.renewedUs;
    this.#next = saved.next;
    this.#seen = saved.seen;
  }

  #schedule(delayUs: number): void {
    this.#next = this.options.simulation.loop.schedule(delayUs, this.options.target, 'renew');
  }

  #tryHold(): boolean {
    const { client, namespace, name, identity, simulation } = this.options;
    const now = formatRfc3339Micro(simulation.clock.unixUs);
    const lease = client.get(LEASES, name, namespace);
    if (failedWith(lease, 'NotFound')) {
      const spec = {
        holderIdentity: identity,
        leaseDurationSeconds: LEASE_DURATION_SECONDS,
        acquireTime: now,
        renewTime: now,
        leaseTransitions: 0,
      };
      return !isFailure(client.create(LEASES, { metadata: { name, namespace }, spec }));
    }
    if (isFailure(lease)) return false;
    const holder = lease.spec?.holderIdentity ?? '';
    if (holder !== identity && holder !== '' && !this.#expired(lease)) return false;
    const taken =
      holder === identity
        ? {}
        : { holderIdentity: identity, acquireTime: now, leaseTransitions: (lease.spec?.leaseTransitions ?? 0) + 1 };
    return !isFailure(
      client.update(LEASES, {
        ...lease,
        spec: { ...lease.spec, ...taken, leaseDurationSeconds: LEASE_DURATION_SECONDS, renewTime: now },
      }),
    );
  }

  /** Another's lease has expired when it has not been renewed for its duration by our own clock. */
  #expired(lease: Lease): boolean {
    const { nowUs } = this.options.simulation.clock;
    const renewTime = lease.spec?.renewTime ?? '';
    if (this.#seen?.renewTime !== renewTime) this.#seen = { renewTime, atUs: nowUs };
    return nowUs - this.#seen.atUs > LEASE_DURATION_SECONDS * 1_000_000;
  }
}
