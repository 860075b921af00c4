/** Runs a program of this machine on a pseudo-terminal, types into it and reads what it shows. */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import xterm from '@xterm/headless';

/** Whether there is a pseudo-terminal to be had. */
export const hasTerminals =
  spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') ?? false;

const SIZE = { columns: 80, rows: 24 };

export class RealTerminal {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #screen = new xterm.Terminal({ cols: SIZE.columns, rows: SIZE.rows, allowProposedApi: true });
  #text = '';
  #wanted: (() => void) | undefined;

  constructor(command: string, cwd: string, env: Readonly<Record<string, string>>) {
    const sized = `stty cols ${String(SIZE.columns)} rows ${String(SIZE.rows)}; exec ${command}`;
    this.#child = spawn('script', ['-qec', sized, '/dev/null'], {
      cwd,
      env: { PATH: '/usr/bin:/bin', TERM: 'xterm-256color', LC_ALL: 'C.UTF-8', ...env },
    });
    this.#child.stdout.on('data', (bytes: Buffer) => {
      this.#screen.write(bytes);
      this.#text += bytes.toString();
      this.#wanted?.();
    });
  }

  /** Types, and waits until what was printed since matches. */
  async type(keys: string, until: RegExp): Promise<string> {
    this.#text = '';
    if (keys !== '') this.#child.stdin.write(keys);
    await new Promise<void>((done) => {
      this.#wanted = () => {
        if (until.test(this.#text)) done();
      };
      this.#wanted();
    });
    this.#wanted = undefined;
    return this.#text;
  }

  /** The rows of the screen without the empty ones at the end. */
  async screen(): Promise<readonly string[]> {
    await new Promise<void>((done) => {
      this.#screen.write('', done);
    });
    const { active } = this.#screen.buffer;
    const rows = Array.from(
      { length: SIZE.rows },
      (_, at) => active.getLine(active.baseY + at)?.translateToString(true) ?? '',
    );
    while (rows.at(-1) === '') rows.pop();
    return rows;
  }

  end(): void {
    this.#child.kill();
  }
}
