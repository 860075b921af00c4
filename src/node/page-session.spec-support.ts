/** A sandbox as the page's worker drives it: paced by the wall clock, in slices, with a terminal that somebody types at. */
import { topologyOf } from '../engine/assembly/topologies.ts';
import { createSandbox } from '../engine/sandbox.ts';
import type { DrydockSandbox } from '../engine/sandbox.ts';
import { Session } from '../engine/session.ts';
import { MemoryStore } from '../persistence/memory-store.ts';
import { decodeUtf8 } from '../protocol/bytes.ts';
import { programs } from '../terminal/program-table.ts';
import { macrotask } from './macrotask.ts';

const IDENTITY = { topology: 'docker-1', seed: 3, engine: 'test' };
/** Of what was printed, so much is looked at. */
const TAIL = 4000;

/** What somebody waited for, in wall time and in this process's own CPU time, which others on the machine do not lengthen. */
export interface Waited {
  readonly wallMs: number;
  readonly cpuMs: number;
}

export class PageSession {
  #text = '';

  private constructor(
    readonly sandbox: DrydockSandbox,
    readonly session: Session,
  ) {
    sandbox.listen((output) => {
      if (output.type === 'terminal.output') this.#text = (this.#text + decodeUtf8(output.bytes)).slice(-TAIL);
    });
  }

  static async open(): Promise<PageSession> {
    const topology = topologyOf(IDENTITY.topology);
    if (topology === undefined) throw new Error(`no topology ${IDENTITY.topology}`);
    const sandbox = createSandbox({ topology, seed: IDENTITY.seed, programs });
    const { session } = await Session.open('s', IDENTITY, sandbox, {
      wallMs: () => performance.now(),
      after: (ms, callback) => {
        const timer = setTimeout(callback, ms);
        return () => {
          clearTimeout(timer);
        };
      },
      macrotask,
      store: new MemoryStore(),
    });
    const page = new PageSession(sandbox, session);
    void session.run();
    session.input({ type: 'terminal.open', terminal: 't', host: 'docker-1', size: { columns: 80, rows: 24 } });
    await page.until(/# $/);
    return page;
  }

  type(text: string): void {
    this.#text = '';
    this.session.input({ type: 'terminal.type', terminal: 't', text });
  }

  /** Lets wall time pass; answers what the terminal showed at its end. */
  async pass(ms: number): Promise<string> {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return this.#text;
  }

  /** Waits until the terminal shows something; the limit is CPU time, which what else the machine does lengthens little. */
  async until(pattern: RegExp, limitMs = 20_000): Promise<Waited> {
    const began = performance.now();
    const { user } = process.cpuUsage();
    const waited = (): Waited => ({
      wallMs: performance.now() - began,
      cpuMs: (process.cpuUsage().user - user) / 1000,
    });
    while (!pattern.test(this.#text)) {
      const { wallMs, cpuMs } = waited();
      if (cpuMs > limitMs || wallMs > 5 * limitMs)
        throw new Error(`the terminal never showed ${String(pattern)}: ${JSON.stringify(this.#text.slice(-400))}`);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    return waited();
  }

  get printed(): string {
    return this.#text;
  }

  async close(): Promise<void> {
    await this.session.stop();
  }
}
