import type { Signal } from '../protocol/program.ts';
import { SIGNALS } from '../protocol/program.ts';

/** `INT`, `SIGINT`, `int` or `2`. */
export function signalByName(text: string): Signal | undefined {
  const name = text.toUpperCase().replace(/^(SIG)?/, 'SIG');
  return SIGNALS.find((signal, at) => signal === name || String(at + 1) === text);
}
