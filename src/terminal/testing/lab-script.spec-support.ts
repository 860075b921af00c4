/** Scripts in a live lab: the whole engine without a page; what they print comes back as text. */
import { topologyOf } from '../../engine/assembly/topologies.ts';
import { createSandbox, type DrydockSandbox } from '../../engine/sandbox.ts';
import { drive } from '../../engine/sim/drive.ts';
import { macrotask } from '../../node/macrotask.ts';
import { decodeUtf8 } from '../../protocol/bytes.ts';
import { programs } from '../program-table.ts';

export interface ScriptOutcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

export class LabScripts {
  #count = 0;
  private constructor(readonly sandbox: DrydockSandbox) {}

  static async open(topology: string): Promise<LabScripts> {
    const found = topologyOf(topology);
    if (found === undefined) throw new Error(`no topology ${topology}`);
    const sandbox = createSandbox({ topology: found, seed: 3, programs });
    await sandbox.boot({ macrotask });
    return new LabScripts(sandbox);
  }

  /** Runs a bash script as root to its end. */
  async run(script: string, host = this.sandbox.defaultHost): Promise<ScriptOutcome> {
    const printed = { stdout: '', stderr: '' };
    let ended: number | undefined;
    this.#count += 1;
    const started = this.sandbox.scripts.start(
      `spec-${String(this.#count)}`,
      host,
      ['bash', '-c', script],
      {
        output: (channel, bytes) => {
          printed[channel] += decodeUtf8(bytes);
        },
        ended: (code) => {
          ended = code;
        },
      },
      { login: true },
    );
    if ('error' in started) throw new Error(started.error);
    started.closeInput();
    await drive(this.sandbox.simulation, { macrotask }, { stop: () => ended !== undefined });
    if (ended === undefined) throw new Error(`the script did not end: ${script}`);
    return { ...printed, code: ended };
  }
}
