/** The files that less is called with, opened one by one. */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { readOperand } from '../../io.ts';
import { bytesToText } from '../../text.ts';
import { START, type LessFile, type LessState } from './state.ts';

/** A file, or what is wrong with it. */
export async function openLess(process: Process, name: string): Promise<LessFile | string> {
  const bytes = await readOperand(process, name);
  if (failed(bytes)) return bytes.errno === 'EISDIR' ? `${name} is a directory` : `${name}: ${strerror(bytes)}`;
  const text = bytesToText(bytes);
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
  return { name: name === '-' ? '' : name, lines, ended: text.endsWith('\n') };
}

/** Whether the beginning holds more than five characters that are no text. */
export function looksBinary({ lines }: LessFile, raw: boolean): boolean {
  const beginning = lines.slice(0, 256).join('\n').slice(0, 256);
  const text = raw ? beginning.replace(/\x1b\[[0-9;]*m/g, '') : beginning;
  return (text.match(/[\x00-\x07\x0b\x0e-\x1f\x7f\ufffd]/g) ?? []).length > 5;
}

/** Goes to another of the files; one that cannot be opened leaves the list. */
export async function goToFile(process: Process, state: LessState, at: number): Promise<LessState> {
  const name = state.names[at];
  if (name === undefined) return { ...state, message: at < 0 ? 'No previous file' : 'No next file' };
  if (at === state.at && state.squished !== 'no') return { ...state, fresh: false };
  const file = await openLess(process, name);
  const shown: LessState = { ...state, top: START, filter: undefined, squished: 'no', fresh: true };
  if (typeof file !== 'string') return { ...shown, at, file };
  const names = state.names.filter((_, index) => index !== at);
  return { ...shown, names, at: at > state.at ? state.at : state.at - 1, message: file };
}

/** :e: a file that comes behind this one. */
export async function examine(process: Process, state: LessState, name: string): Promise<LessState> {
  if (name === '') return state;
  const names = [...state.names.slice(0, state.at + 1), name, ...state.names.slice(state.at + 1)];
  return await goToFile(process, { ...state, names }, state.at + 1);
}
