/** A terminal of a live lab: the whole engine without a page, and xterm's own reading of what it prints. */
import xterm from '@xterm/headless';
import { topologyOf } from '../../engine/assembly/topologies.ts';
import type { DrydockSandbox } from '../../engine/sandbox.ts';
import { createSandbox } from '../../engine/sandbox.ts';
import type { FileView } from '../../engine/machine/files/interface.ts';
import { drive } from '../../engine/sim/drive.ts';
import { macrotask } from '../../node/macrotask.ts';
import { decodeUtf8 } from '../../protocol/bytes.ts';
import type { WindowSize } from '../../protocol/program.ts';
import { programs } from '../program-table.ts';

const SIZE = { columns: 80, rows: 24 };

type Xterm = InstanceType<typeof xterm.Terminal>;

export interface ScreenAndCursor {
  readonly screen: readonly string[];
  readonly cursor: readonly [row: number, column: number];
}

/** The rows of a screen without the empty ones at the end, and the cursor from 0,0. */
export async function screenOf(terminal: Xterm): Promise<ScreenAndCursor> {
  await new Promise<void>((done) => {
    terminal.write('', done);
  });
  const { active } = terminal.buffer;
  const rows = Array.from(
    { length: terminal.rows },
    (_, at) => active.getLine(active.baseY + at)?.translateToString(true) ?? '',
  );
  while (rows.at(-1) === '') rows.pop();
  return { screen: rows, cursor: [active.cursorY, active.cursorX] };
}

const makeScreen = (): Xterm =>
  new xterm.Terminal({ cols: SIZE.columns, rows: SIZE.rows, allowProposedApi: true, scrollback: 10_000 });

export class LabTerminal {
  readonly sandbox: DrydockSandbox;
  readonly #host: string;
  #screen = makeScreen();
  /** How many terminals were opened before this one. */
  #turn = 0;
  /** Everything printed since the last `printed()`. */
  #text = '';

  private constructor(sandbox: DrydockSandbox, host: string) {
    this.sandbox = sandbox;
    this.#host = host;
    sandbox.listen((output) => {
      if (output.type !== 'terminal.output' || output.terminal !== this.#id) return;
      this.#screen.write(output.bytes);
      this.#text += decodeUtf8(output.bytes);
    });
  }

  static async open(topology: string, host: string): Promise<LabTerminal> {
    const found = topologyOf(topology);
    if (found === undefined) throw new Error(`no topology ${topology}`);
    const sandbox = createSandbox({ topology: found, seed: 3, programs });
    await sandbox.boot({ macrotask });
    const lab = new LabTerminal(sandbox, host);
    sandbox.apply({ type: 'terminal.open', terminal: lab.#id, host, size: SIZE });
    await lab.pass(1);
    return lab;
  }

  get #id(): string {
    return `t${String(this.#turn)}`;
  }
  /** The files of the terminal's host. */
  get files(): FileView {
    const host = this.sandbox.hosts.get(this.#host);
    if (host === undefined) throw new Error(`no host ${this.#host}`);
    return host.files.root;
  }
  /** A new terminal in the place of this one, whatever runs there. */
  async reopen(): Promise<void> {
    this.sandbox.apply({ type: 'terminal.close', terminal: this.#id });
    await this.pass(1);
    this.#turn += 1;
    this.#screen = makeScreen();
    this.#text = '';
    this.sandbox.apply({ type: 'terminal.open', terminal: this.#id, host: this.#host, size: SIZE });
    await this.pass(1);
  }
  async resize(size: WindowSize): Promise<void> {
    // The screen takes in what is written by and by: what came before the resize belongs to the old size.
    await new Promise<void>((done) => {
      this.#screen.write('', done);
    });
    this.#screen.resize(size.columns, size.rows);
    this.sandbox.apply({ type: 'terminal.resize', terminal: this.#id, size });
    await this.pass(0.05);
  }

  /** Lets virtual seconds go by. */
  async pass(seconds: number): Promise<void> {
    const { clock } = this.sandbox.simulation;
    const until = clock.nowUs + seconds * 1e6;
    await drive(this.sandbox.simulation, { macrotask }, { untilUs: until });
    if (clock.nowUs < until) clock.advanceTo(until);
  }
  async type(text: string, seconds = 1): Promise<void> {
    this.sandbox.apply({ type: 'terminal.type', terminal: this.#id, text });
    await this.pass(seconds);
  }
  /** Types a command line and lets seconds go by; the lines that it prints on the terminal, without escapes. */
  async run(line: string, seconds = 10): Promise<readonly string[]> {
    this.printed();
    await this.type(`${line}\n`, seconds);
    return this.printed()
      .replace(/\u001b\[[0-9;?]*[a-zA-Z]|\r/g, '')
      .split('\n')
      .slice(1, -1);
  }
  /** The same for what the command prints where it is not on a terminal. */
  async runPiped(command: string, seconds = 10): Promise<readonly string[]> {
    return await this.run(`{ ${command}; } 2>&1 | cat`, seconds);
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
    return (await this.seen()).screen;
  }
  async seen(): Promise<ScreenAndCursor> {
    return await screenOf(this.#screen);
  }
}
