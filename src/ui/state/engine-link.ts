/** One life of the simulation worker: calls, the stream of batches in order, and a watchdog. */
import { type Remote, transfer, wrap } from 'comlink';
import type { OpenOptions, OpenResult, PageBatch, SimulationApi } from '../../protocol/page.ts';

const PING_EVERY_MS = 1000;
const SILENCE_LIMIT_MS = 5000;
/** A boot or a long replay may keep the worker busy for longer. */
const OPENING_LIMIT_MS = 30_000;

export interface LinkListener {
  batch(batch: PageBatch): void;
  /** The worker is gone or does not answer; this link is finished. */
  lost(message: string): void;
}

export class EngineLink {
  readonly api: Remote<SimulationApi>;
  readonly #worker: Worker;
  #port: MessagePort | undefined;
  #held: PageBatch[] | undefined = [];
  #ended = false;
  #pingTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #mourning = new AbortController();

  constructor(
    createWorker: () => Worker,
    private readonly listener: LinkListener,
  ) {
    this.#worker = createWorker();
    this.#worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#lose(event.message === '' ? 'the worker could not be loaded' : event.message);
    });
    this.api = wrap<SimulationApi>(this.#worker);
  }

  /** Opens the sandbox. Batches that come before the answer wait until `release` is called. */
  async open(options: OpenOptions): Promise<OpenResult> {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data }: MessageEvent<PageBatch>) => {
      if (this.#held === undefined) this.#deliver(data);
      else this.#held.push(data);
    };
    this.#watch(OPENING_LIMIT_MS);
    void this.#awaitDeath();
    const result = await this.api.open(options, transfer(port2, [port2]));
    clearTimeout(this.#pingTimer);
    this.#watch(SILENCE_LIMIT_MS);
    return result;
  }

  /** Hands over what waited and what comes from now on. */
  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const batch of held) this.#deliver(batch);
  }

  /** Writes what is unsaved, then ends the worker. */
  async close(): Promise<void> {
    if (this.#ended) return;
    const patience = new Promise<void>((resolve) => setTimeout(resolve, 2000));
    await Promise.race([this.api.close().catch(() => undefined), patience]);
    this.terminate();
  }

  terminate(): void {
    this.#ended = true;
    clearTimeout(this.#pingTimer);
    this.#mourning.abort();
    this.#port?.close();
    this.#worker.terminate();
  }

  #deliver(batch: PageBatch): void {
    if (this.#ended) return;
    // The worker keeps only a few batches under way, so a page that cannot keep up is not buried.
    this.#port?.postMessage({ acknowledged: batch.number });
    this.listener.batch(batch);
    if (batch.stopped !== undefined) this.#lose(batch.stopped);
  }

  #watch(limitMs: number): void {
    const asked = performance.now();
    let waited = 0;
    const check = (): void => {
      if (this.#ended) return;
      waited += 1;
      // A page that was frozen itself has not listened: only turns of its own timer count as silence.
      if (waited * PING_EVERY_MS >= limitMs && performance.now() - asked >= limitMs) {
        this.#lose('the simulation does not answer');
        return;
      }
      this.#pingTimer = setTimeout(check, PING_EVERY_MS);
    };
    this.#pingTimer = setTimeout(check, PING_EVERY_MS);
    void this.api.ping().then(() => {
      if (this.#ended || limitMs !== SILENCE_LIMIT_MS) return;
      clearTimeout(this.#pingTimer);
      this.#pingTimer = setTimeout(() => this.#watch(limitMs), PING_EVERY_MS);
    });
  }

  /** The worker holds a lock as long as it lives; where there are no locks, its silence has to be noticed. */
  async #awaitDeath(): Promise<void> {
    const life = await this.api.ping();
    const locks = (navigator as Partial<Navigator>).locks;
    if (locks === undefined || this.#ended) return;
    locks
      .request(`drydock-engine-${String(life)}`, { signal: this.#mourning.signal }, () => {
        this.#lose('the simulation has died');
      })
      .catch(() => undefined);
  }

  #lose(message: string): void {
    if (this.#ended) return;
    this.terminate();
    this.listener.lost(message);
  }
}
