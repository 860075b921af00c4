/** Terminals of a real sandbox, for specs of what only a terminal shows. */
import { createSandbox, type DrydockSandbox } from '../../../engine/sandbox.ts';
import { topologyOf } from '../../../engine/assembly/topologies.ts';
import { drive, settle } from '../../../engine/sim/drive.ts';
import { decodePlain, encodePlain } from '../../../engine/sim/plain-codec.ts';
import { macrotask } from '../../../node/macrotask.ts';
import { decodeUtf8 } from '../../../protocol/bytes.ts';
import type { Input } from '../../../protocol/simulation.ts';
import { programs } from '../../program-table.ts';

const HOST = { macrotask };
const SECOND_US = 1_000_000;

export class TerminalStory {
  readonly sandbox: DrydockSandbox;
  readonly #texts = new Map<string, string>();

  private constructor(sandbox: DrydockSandbox) {
    this.sandbox = sandbox;
    sandbox.listen((output) => {
      if (output.type === 'terminal.output')
        this.#texts.set(output.terminal, this.#text(output.terminal) + decodeUtf8(output.bytes));
    });
  }

  static async boot(): Promise<TerminalStory> {
    const story = new TerminalStory(freshSandbox());
    await story.sandbox.boot(HOST);
    return story;
  }

  /** The same world in a new sandbox, as a reloaded page has it. */
  async elsewhere(): Promise<TerminalStory> {
    const copy = new TerminalStory(freshSandbox());
    copy.sandbox.restore(decodePlain(encodePlain(this.sandbox.snapshot())));
    await settle(copy.sandbox.simulation, HOST);
    return copy;
  }

  async open(...terminals: readonly string[]): Promise<void> {
    for (const terminal of terminals)
      this.#apply({ type: 'terminal.open', terminal, host: 'control-plane', size: { columns: 100, rows: 30 } });
    await this.pass(1);
  }

  /** Types, lets time pass, and answers what the terminal showed since, without escape sequences. */
  async type(terminal: string, text: string, seconds: number): Promise<string> {
    const before = this.#text(terminal).length;
    this.#apply({ type: 'terminal.type', terminal, text });
    await this.pass(seconds);
    return plain(this.#text(terminal).slice(before));
  }

  resize(terminal: string, columns: number, rows: number): void {
    this.#apply({ type: 'terminal.resize', terminal, size: { columns, rows } });
  }

  async pass(seconds: number): Promise<void> {
    const { simulation } = this.sandbox;
    await settle(simulation, HOST);
    const untilUs = simulation.clock.nowUs + seconds * SECOND_US;
    await drive(simulation, HOST, { untilUs });
    if (simulation.clock.nowUs < untilUs) simulation.clock.advanceTo(untilUs);
  }

  /** Everything a terminal has shown since this sandbox began to be watched. */
  shown(terminal: string): string {
    return plain(this.#text(terminal));
  }

  #apply(input: Input): void {
    this.sandbox.apply(input);
  }

  #text(terminal: string): string {
    return this.#texts.get(terminal) ?? '';
  }
}

function freshSandbox(): DrydockSandbox {
  const topology = topologyOf('kubeadm-3');
  if (topology === undefined) throw new Error('kubeadm-3 is gone');
  return createSandbox({ topology, seed: 1, programs });
}

const ESCAPES = /\u001b(?:\[[0-9;?]*[A-Za-z]|[()][A-Z0-9]|[=>])/g;

const plain = (text: string): string => text.replace(ESCAPES, '').replaceAll('\r\n', '\n').replaceAll('\r', '');
