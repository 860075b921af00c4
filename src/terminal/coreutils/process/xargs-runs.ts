import type { ChildResult } from '../../run-child.ts';
import { runAndWait } from '../../run-child.ts';
import type { Invocation } from '../command.ts';

/** Commands that run, as many at once as -P says. */
export class Runs {
  readonly #width: number;
  readonly #slots = new Map<number, Promise<void>>();
  #status = 0;
  #stopped = false;

  constructor(private readonly call: Invocation) {
    const given = call.options.value('P');
    this.#width = given === undefined ? 1 : Number(given) || Infinity;
  }

  /** Starts one when there is room; false where xargs ends with what has been run. */
  async start(argv: readonly string[]): Promise<boolean> {
    const { options, io, process } = this.call;
    if (this.#slots.size >= this.#width) await Promise.race(this.#slots.values());
    if (this.#stopped) return false;
    let slot = 0;
    while (this.#slots.has(slot)) slot += 1;
    if (options.has('t')) await io.raw(`${argv.join(' ')}\n`);
    const name = options.value('slot');
    const env = name === undefined ? process.env : { ...process.env, [name]: String(slot) };
    const run = runAndWait(process, argv, { env }).then(async (result) => {
      await this.#note(argv[0] ?? '', result);
      this.#slots.delete(slot);
    });
    this.#slots.set(slot, run);
    if (this.#width === 1) await run;
    return !this.#stopped;
  }

  /** Waits for those that still run; answers the status of xargs. */
  async end(): Promise<number> {
    await Promise.all(this.#slots.values());
    return this.#status;
  }

  async #note(name: string, result: ChildResult): Promise<void> {
    if (result.type === 'missing') {
      await this.call.io.warn(`${name}: ${result.message}`);
      this.#stop(result.code);
    } else if (result.signal !== undefined) {
      await this.call.io.warn(`${name}: terminated by signal ${String(result.signal)}`);
      this.#stop(125);
    } else if (result.code === 255) {
      await this.call.io.warn(`${name}: exited with status 255; aborting`);
      this.#stop(124);
    } else if (result.code !== 0 && !this.#stopped) this.#status = 123;
  }

  #stop(status: number): void {
    if (!this.#stopped) this.#status = status;
    this.#stopped = true;
  }
}
