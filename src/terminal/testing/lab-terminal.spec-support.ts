/** A terminal of a live lab: the whole engine without a page, and xterm's own reading of what it prints. */
import xterm from '@xterm/headless';
import { topologyOf } from '../../engine/assembly/topologies.ts';
import type { DrydockSandbox } from '../../engine/sandbox.ts';
import { createSandbox } from '../../engine/sandbox.ts';
import { drive } from '../../engine/sim/drive.ts';
import { macrotask } from '../../node/macrotask.ts';
import { decodeUtf8 } from '../../protocol/bytes.ts';
import { programs } from '../program-table.ts';

const SIZE = { columns: 80, rows: 24 };

export class LabTerminal {
  readonly sandbox: DrydockSandbox;
  readonly #screen: InstanceType<typeof xterm.Terminal>;
  /** Everything printed since the last `printed()`. */
  #text = '';

  private constructor(sandbox: DrydockSandbox) {
    this.sandbox = sandbox;
    this.#screen = new xterm.Terminal({
      cols: SIZE.columns,
      rows: SIZE.rows,
      allowProposedApi: true,
      scrollback: 10_000,
    });
    sandbox.listen((output) => {
      if (output.type !== 'terminal.output') return;
      this.#screen.write(output.bytes);
      this.#text += decodeUtf8(output.bytes);
    });
  }

  static async open(topology: string, host: string): Promise<LabTerminal> {
    const found = topologyOf(topology);
    if (found === undefined) throw new Error(`no topology ${topology}`);
    const sandbox = createSandbox({ topology: found, seed: 3, programs });
    await sandbox.boot({ macrotask });
    const lab = new LabTerminal(sandbox);
    sandbox.apply({ type: 'terminal.open', terminal: 't', host, size: SIZE });
    await lab.pass(1);
    return lab;
  }

  /** Lets virtual seconds go by. */
  async pass(seconds: number): Promise<void> {
    const { clock } = this.sandbox.simulation;
    const until = clock.nowUs + seconds * 1e6;
    await drive(this.sandbox.simulation, { macrotask }, { untilUs: until });
    if (clock.nowUs < until) clock.advanceTo(until);
  }
  async type(text: string, seconds = 1): Promise<void> {
    this.sandbox.apply({ type: 'terminal.type', terminal: 't', text });
    await this.pass(seconds);
  }
  /** Types, a key at a time, with a moment between. */
  async keys(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.type(key, 0.05);
  }
  /** What was printed since this was last asked. */
  printed(): string {
    const text = this.#text;
    this.#text = '';
    return text;
  }
  /** The rows of the screen without the empty ones at the end. */
  async screen(): Promise<readonly string[]> {
    await new Promise<void>((done) => {
      this.#screen.write('', done);
    });
    const buffer = this.#screen.buffer.active;
    const rows = Array.from(
      { length: SIZE.rows },
      (_, at) => buffer.getLine(buffer.baseY + at)?.translateToString(true) ?? '',
    );
    while (rows.at(-1) === '') rows.pop();
    return rows;
  }
}
