/**
 * One tab owns a sandbox. Web Locks where they exist; on plain http, where they do not, a lease record that its owner
 * renews. A tab that waits is promoted when the owner leaves.
 */
import { forget, store, storedJson } from './local-storage.ts';

export interface ClaimListener {
  /** This tab may write now. */
  gained(): void;
  /** Another tab owns the sandbox; this one waits. */
  waiting(): void;
  /** Another tab took it: stop writing at once. */
  lost(): void;
}

export interface TabClaim {
  /** Takes the sandbox from a tab that does not give it up itself. */
  takeOver(): void;
  /** Gives the sandbox up for good. */
  release(): void;
  /** Gives it up, and waits for it again behind whoever asked. */
  yieldTo(): void;
}

export function claimSandbox(id: string, listener: ClaimListener): TabClaim {
  // Typed as always there, but missing on plain http.
  const locks = (navigator as Partial<Navigator>).locks;
  return locks === undefined ? new LeaseClaim(id, listener) : new LockClaim(`drydock:${id}`, listener, locks);
}

class LockClaim implements TabClaim {
  #letGo: (() => void) | undefined;
  #waiting: AbortController | undefined;
  #released = false;

  constructor(
    private readonly name: string,
    private readonly listener: ClaimListener,
    private readonly locks: LockManager,
  ) {
    void locks
      .request(name, { ifAvailable: true }, (lock) => {
        if (this.#released) return undefined;
        if (lock !== null) return this.#hold();
        listener.waiting();
        this.#wait();
        return undefined;
      })
      .catch(() => this.#stolen());
  }

  takeOver(): void {
    this.#waiting?.abort();
    this.#waiting = undefined;
    this.locks.request(this.name, { steal: true }, () => this.#hold()).catch(() => this.#stolen());
  }

  release(): void {
    this.#released = true;
    this.#waiting?.abort();
    this.#letGo?.();
    this.#letGo = undefined;
  }

  yieldTo(): void {
    this.#letGo?.();
    this.#letGo = undefined;
    this.#wait();
  }

  #wait(): void {
    const controller = new AbortController();
    this.#waiting = controller;
    this.locks
      .request(this.name, { signal: controller.signal }, () => (this.#released ? undefined : this.#hold()))
      .catch(() => {
        if (!controller.signal.aborted) this.#stolen();
      });
  }

  #hold(): Promise<void> {
    this.#waiting = undefined;
    const held = new Promise<void>((resolve) => {
      this.#letGo = resolve;
    });
    this.listener.gained();
    return held;
  }

  #stolen(): void {
    if (this.#released) return;
    this.#letGo = undefined;
    this.listener.lost();
    this.#wait();
  }
}

const LEASE_MS = 4000;
const RENEW_MS = 1000;

interface Lease {
  readonly owner: string;
  readonly untilMs: number;
}
const NO_LEASE: Lease = { owner: '', untilMs: 0 };
const isLease = (value: unknown): value is Lease =>
  typeof value === 'object' && value !== null && 'owner' in value && 'untilMs' in value;

class LeaseClaim implements TabClaim {
  readonly #tab = Math.random().toString(36).slice(2);
  readonly #key: string;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #stopListening = new AbortController();
  #holds = false;
  #restsUntilMs = 0;

  constructor(
    id: string,
    private readonly listener: ClaimListener,
  ) {
    this.#key = `drydock.lease.${id}`;
    this.#timer = setInterval(() => this.#look(), RENEW_MS);
    addEventListener('storage', ({ key }) => key === this.#key && this.#look(), { signal: this.#stopListening.signal });
    // A tab that is closed leaves at once, one that is frozen or dies when its lease has run out.
    addEventListener('pagehide', ({ persisted }) => persisted || this.release(), {
      signal: this.#stopListening.signal,
    });
    queueMicrotask(() => {
      this.#look();
      if (!this.#holds) listener.waiting();
    });
  }

  takeOver(): void {
    this.#take();
  }

  release(): void {
    clearInterval(this.#timer);
    this.#stopListening.abort();
    if (this.#holds) forget(this.#key);
    this.#holds = false;
  }

  yieldTo(): void {
    if (this.#holds) forget(this.#key);
    this.#holds = false;
    this.#restsUntilMs = Date.now() + LEASE_MS;
  }

  #look(): void {
    const lease = storedJson(this.#key, isLease, NO_LEASE);
    if (this.#holds && lease.owner !== this.#tab && lease.owner !== '') {
      this.#holds = false;
      this.listener.lost();
    } else if (this.#holds) this.#renew();
    else if (lease.untilMs < Date.now() && this.#restsUntilMs < Date.now()) this.#take();
  }

  #take(): void {
    this.#renew();
    this.#holds = true;
    this.listener.gained();
  }

  #renew(): void {
    store(this.#key, JSON.stringify({ owner: this.#tab, untilMs: Date.now() + LEASE_MS }));
  }
}
