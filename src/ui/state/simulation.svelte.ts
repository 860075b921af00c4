/** The page's side of one sandbox: its life, its view, its pace, and what is saved. */
import type { Remote } from 'comlink';
import type { OpenOptions, OpenResult, PageBatch, SimulationApi } from '../../protocol/page.ts';
import type { Input, Output, Pace, WorldView } from '../../protocol/simulation.ts';
import { EngineLink } from './engine-link.ts';
import { stored, store } from './local-storage.ts';
import { type FollowedState, TabChannel, type TabMessage } from './tab-channel.ts';
import { type TabClaim, claimSandbox } from './tab-claim.ts';

export type Phase =
  | { readonly name: 'idle' }
  | { readonly name: 'starting' }
  | { readonly name: 'restoring' }
  | { readonly name: 'ready' }
  /** The engine died; it is being opened again. */
  | { readonly name: 'recovering'; readonly message: string }
  /** Another tab owns the sandbox; this one shows what happens there. */
  | { readonly name: 'following' }
  /** It died again and again. */
  | { readonly name: 'failed'; readonly message: string; readonly detail: string };

export type Terminals = OpenResult['terminals'];
/** What the rest of the page does with news of a sandbox. */
export interface SimulationListener {
  /** The world is there, anew or again: these are its terminals. */
  opened(result: { readonly hosts: readonly string[]; readonly terminals: Terminals; readonly created: boolean }): void;
  output(output: Output): void;
  /** Terminals as the page shows them, for a tab that follows. */
  terminals(): Terminals;
}

/** A life of the engine that was at least so long was a good one, and so was one that kept something new. */
const GOOD_LIFE_MS = 60_000;
/** Bad lives in a row after which the last act is at fault, and after which the page gives up. */
const BLAMING_RESTARTS = 2;
const MAX_RESTARTS = 4;
const GIVE_WAY_PATIENCE_MS = 3000;
/** Longest wait for one piece of a paste. */
const PATIENCE_MS = 4000;

export class Simulation {
  #phase = $state.raw<Phase>({ name: 'idle' });
  #view = $state.raw<WorldView | undefined>();
  #pace = $state.raw<Pace>({ paused: false, speed: 1 });
  #hosts = $state.raw<readonly string[]>([]);
  #storage = $state.raw<OpenResult['storage']>('indexeddb');
  #lagging = $state(false);
  #savedSeq = $state(0);
  #savedAtMs = $state<number | undefined>();
  #saveFailed = $state<string | undefined>();
  #unanswered = 0;
  #lastPlace = 0;
  #unsavedSinceMs = $state<number | undefined>();
  #recovered = $state<string | undefined>();
  #setAside = $state.raw<OpenResult['setAside']>();
  #upgraded = $state(false);
  #stuck = $state.raw<readonly string[]>([]);
  #partMissing = $state(false);

  #options: OpenOptions | undefined;
  #link: EngineLink | undefined;
  #claim: TabClaim | undefined;
  #channel: TabChannel | undefined;
  #hasFollowers = false;
  #waiting: Input[] = [];
  #restarts = 0;
  #readyAtMs: number | undefined;
  /** The first act of the person in this life of the engine. */
  #firstAct: number | undefined;

  constructor(
    private readonly createWorker: () => Worker,
    private readonly listener: SimulationListener,
  ) {}

  get phase(): Phase {
    return this.#phase;
  }
  get view(): WorldView | undefined {
    return this.#view;
  }
  get pace(): Pace {
    return this.#pace;
  }
  get hosts(): readonly string[] {
    return this.#hosts;
  }
  get storage(): OpenResult['storage'] {
    return this.#storage;
  }
  get lagging(): boolean {
    return this.#lagging;
  }
  /** The last input that is durable. */
  get savedSeq(): number {
    return this.#savedSeq;
  }
  get savedAtMs(): number | undefined {
    return this.#savedAtMs;
  }
  get saveFailed(): string | undefined {
    return this.#saveFailed;
  }
  /** Since when something that was handed in is not durable; undefined where all is. */
  get unsavedSinceMs(): number | undefined {
    return this.#unsavedSinceMs;
  }
  /** Why the engine was started again, until the notice is closed. */
  get recovered(): string | undefined {
    return this.#recovered;
  }
  get setAside(): OpenResult['setAside'] {
    return this.#setAside;
  }
  get upgraded(): boolean {
    return this.#upgraded;
  }
  /** A part of the simulation could not be loaded since the page was opened. */
  get partMissing(): boolean {
    return this.#partMissing;
  }
  /** Programs that wait for nothing and never end. */
  get stuck(): readonly string[] {
    return this.#stuck;
  }
  get readOnly(): boolean {
    return this.#phase.name === 'following';
  }

  dismissNotices(): void {
    this.#recovered = undefined;
    this.#setAside = undefined;
    this.#upgraded = false;
    this.#stuck = [];
  }

  /** Leaves the sandbox that is open, and opens this one as soon as this tab owns it. */
  async open(options: OpenOptions): Promise<void> {
    await this.leave();
    this.#options = options;
    this.#restarts = 0;
    this.#phase = { name: stored(knownKey(options.id)) === undefined ? 'starting' : 'restoring' };
    this.#channel = new TabChannel(options.id, (message) => void this.#hear(message));
    this.#claim = claimSandbox(options.id, {
      gained: () => void this.#start(),
      waiting: () => this.#follow(),
      lost: () => {
        this.#link?.terminate();
        this.#link = undefined;
        this.#follow();
      },
    });
  }

  async leave(): Promise<void> {
    const link = this.#link;
    this.#link = undefined;
    await link?.close();
    this.#claim?.release();
    this.#channel?.close();
    this.#claim = undefined;
    this.#channel = undefined;
    this.#options = undefined;
    this.#waiting = [];
    this.#view = undefined;
    this.#savedAtMs = undefined;
    this.#saveFailed = undefined;
    this.#phase = { name: 'idle' };
    this.dismissNotices();
  }

  /** Hands in an input. While the engine comes back it waits; a tab that follows has none. */
  input(input: Input): void {
    if (this.readOnly) return;
    if (this.#phase.name !== 'ready' || this.#link === undefined) {
      this.#waiting.push(input);
      return;
    }
    this.#unanswered += 1;
    this.#unsavedSinceMs ??= Date.now();
    const link = this.#link;
    link.api.input(input).then(
      (place) => {
        if (this.#link !== link) return;
        this.#unanswered -= 1;
        this.#lastPlace = place;
        this.#noteSaved();
        // A terminal that is measured anew is nobody's act.
        if (input.type !== 'terminal.resize') this.#firstAct ??= place;
      },
      () => undefined,
    );
  }

  /** Hands in an input and waits until it is durable: the pace at which a large paste goes in. */
  async inputDurably(input: Input): Promise<void> {
    this.input(input);
    const since = performance.now();
    while (
      this.#unsavedSinceMs !== undefined &&
      this.#phase.name === 'ready' &&
      performance.now() - since < PATIENCE_MS
    )
      await new Promise((resolve) => setTimeout(resolve, 8));
  }

  setPace(pace: Pace): void {
    if (this.readOnly) return;
    this.#pace = pace;
    void this.#link?.api.setPace(pace);
  }

  step(): void {
    void this.#link?.api.step();
  }

  /** Reads; undefined while no engine is there. */
  get api(): Remote<SimulationApi> | undefined {
    return this.#phase.name === 'ready' ? this.#link?.api : undefined;
  }

  /** Throws away what is stored and begins again from the start. */
  async reset(): Promise<void> {
    const options = this.#options;
    const api = this.#link?.api;
    if (options === undefined || this.readOnly) return;
    if (api !== undefined) await api.reset(options.id).catch(() => undefined);
    this.#link?.terminate();
    this.#waiting = [];
    this.#restarts = 0;
    this.dismissNotices();
    this.#phase = { name: 'starting' };
    await this.#start();
  }

  /** After a file has replaced what is stored, or after giving up: opens what is stored. */
  async reopen(options: OpenOptions | undefined = this.#options): Promise<void> {
    this.#options = options;
    this.#link?.terminate();
    this.#restarts = 0;
    this.#phase = { name: 'restoring' };
    await this.#start();
  }

  takeOver(): void {
    this.#channel?.tell({ type: 'give-way' });
    // The other tab may be frozen or gone without a word.
    setTimeout(() => {
      if (this.#phase.name === 'following') this.#claim?.takeOver();
    }, GIVE_WAY_PATIENCE_MS);
  }

  async #start(): Promise<void> {
    const options = this.#options;
    if (options === undefined) return;
    if (this.#phase.name === 'following') this.#phase = { name: 'restoring' };
    const link = new EngineLink(this.createWorker, {
      batch: (batch) => {
        if (this.#link === link) this.#take(batch);
      },
      lost: (message) => {
        if (this.#link === link) this.#recover(message);
      },
    });
    this.#link = link;
    try {
      const blamesLast = this.#restarts >= BLAMING_RESTARTS;
      const result = await link.open({ ...options, ...(blamesLast ? { blamesLast } : {}) });
      if (this.#link !== link) return;
      this.#opened(options, result);
      link.release();
    } catch (error) {
      if (this.#link !== link) return;
      link.terminate();
      this.#recover(
        error instanceof Error ? error.message : String(error),
        error instanceof Error ? (error.stack ?? '') : '',
      );
    }
  }

  #opened(options: OpenOptions, result: OpenResult): void {
    store(knownKey(options.id), '1');
    this.#view = result.view;
    this.#hosts = result.hosts;
    this.#storage = result.storage;
    this.#setAside = result.setAside;
    this.#upgraded = result.upgraded;
    this.#savedAtMs = Date.now();
    this.#unanswered = 0;
    this.#lastPlace = 0;
    this.#savedSeq = 0;
    this.#unsavedSinceMs = undefined;
    this.#phase = { name: 'ready' };
    this.#readyAtMs = performance.now();
    this.#firstAct = undefined;
    void this.#link?.api.setPace(this.#pace);
    this.listener.opened(result);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const input of waiting) this.input(input);
    if (this.#hasFollowers) this.#channel?.tell({ type: 'state', state: this.#followedState() });
  }

  #take(batch: PageBatch): void {
    if (batch.view !== undefined) this.#view = batch.view;
    if (batch.pace !== undefined) this.#pace = batch.pace;
    if (batch.lagging !== undefined) this.#lagging = batch.lagging;
    if (batch.saved !== undefined) {
      this.#savedSeq = Math.max(batch.saved, 0);
      this.#savedAtMs = Date.now();
      this.#saveFailed = undefined;
      this.#noteSaved();
    }
    if (batch.stuck !== undefined) this.#stuck = batch.stuck;
    if (batch.partMissing !== undefined) this.#partMissing = batch.partMissing;
    if (batch.saveFailed !== undefined) this.#saveFailed = batch.saveFailed;
    for (const output of batch.outputs) this.listener.output(output);
    if (this.#hasFollowers) this.#channel?.tell({ type: 'batch', batch });
  }

  #noteSaved(): void {
    if (this.#unanswered === 0 && this.#lastPlace <= this.#savedSeq) this.#unsavedSinceMs = undefined;
  }

  #recover(message: string, detail = ''): void {
    const livedMs = this.#readyAtMs === undefined ? 0 : performance.now() - this.#readyAtMs;
    const kept = this.#firstAct !== undefined && this.#savedSeq >= this.#firstAct;
    this.#readyAtMs = undefined;
    this.#firstAct = undefined;
    this.#restarts = kept || livedMs >= GOOD_LIFE_MS ? 1 : this.#restarts + 1;
    if (this.#restarts > MAX_RESTARTS) {
      this.#phase = { name: 'failed', message, detail };
      return;
    }
    this.#recovered = message;
    this.#phase = { name: 'recovering', message };
    void this.#start();
  }

  // ---- a second tab

  #follow(): void {
    this.#phase = { name: 'following' };
    this.#channel?.tell({ type: 'hello' });
  }

  #followedState(): FollowedState {
    return { hosts: this.#hosts, view: this.#view, terminals: this.listener.terminals() };
  }

  async #hear(message: TabMessage): Promise<void> {
    const follows = this.#phase.name === 'following';
    switch (message.type) {
      case 'hello':
        this.#hasFollowers = true;
        if (!follows && this.#view !== undefined) this.#channel?.tell({ type: 'state', state: this.#followedState() });
        return;
      case 'state':
        if (!follows) return;
        this.#view = message.state.view;
        this.#hosts = message.state.hosts;
        this.listener.opened({ ...message.state, created: false });
        return;
      case 'batch':
        if (follows) this.#take(message.batch);
        return;
      case 'give-way': {
        if (follows) return;
        const link = this.#link;
        this.#link = undefined;
        await link?.close();
        this.#hasFollowers = false;
        this.#claim?.yieldTo();
        this.#follow();
        return;
      }
    }
  }
}

const knownKey = (id: string): string => `drydock.known.${id}`;
