import type { Signal } from '../protocol/program.ts';
import { EVERY_SIGNAL, signalNumber, signalOfNumber } from '../protocol/program.ts';

/** `INT`, `SIGINT`, `int` or `2`; `RTMIN+3` or `37`. */
export function signalByName(text: string): Signal | undefined {
  if (/^\d+$/.test(text)) return String(Number(text)) === text ? signalOfNumber(Number(text)) : undefined;
  const name = text.toUpperCase().replace(/^(SIG)?/, 'SIG');
  return EVERY_SIGNAL.find((signal) => signal === name);
}

/** What `kill -l` and `trap -l` of bash print: numbers and names, five in a row. */
export function signalTable(): string {
  const cells = EVERY_SIGNAL.map((signal) => `${String(signalNumber(signal)).padStart(2)}) ${signal}`);
  return `${cells.reduce((out, cell, at) => out + cell + (at % 5 === 4 ? '\n' : '\t'), '')}\n`;
}
