import { concatBytes } from '../src/protocol/bytes.ts';
import type { Output } from '../src/protocol/simulation.ts';

/** What a terminal may have waiting for the page; a screen of it is all that anybody sees. */
const MAX_WAITING = 1024 * 1024;

/** Joins what one terminal printed in a row, and keeps only the last part of a flood. */
export function mergeOutputs(outputs: readonly Output[]): Output[] {
  const merged: Output[] = [];
  let run: { readonly terminal: string; readonly parts: Uint8Array[] } | undefined;
  const flush = (): void => {
    if (run === undefined) return;
    const bytes = run.parts.length === 1 ? (run.parts[0] ?? new Uint8Array(0)) : concatBytes(run.parts);
    merged.push({
      type: 'terminal.output',
      terminal: run.terminal,
      bytes: bytes.length > MAX_WAITING ? bytes.slice(-MAX_WAITING) : bytes,
    });
    run = undefined;
  };
  for (const output of outputs) {
    if (output.type !== 'terminal.output') {
      flush();
      merged.push(output);
    } else if (run?.terminal === output.terminal) run.parts.push(output.bytes);
    else {
      flush();
      run = { terminal: output.terminal, parts: [output.bytes] };
    }
  }
  flush();
  return merged;
}
