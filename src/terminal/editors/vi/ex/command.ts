import type { ViKey, ViState } from '../state/state.ts';
import type { Range } from './range.ts';

/** What a command may do by way of others: keys of the other modes, and commands. */
export interface ExRunner {
  readonly press: (state: ViState, key: ViKey) => ViState;
  readonly execute: (state: ViState, text: string) => ViState;
  /** A command behind the bar of one that is done: what both say is there to be read. */
  readonly follow: (state: ViState, text: string) => ViState;
}

export interface ExCall {
  readonly range: Range;
  readonly bang: boolean;
  readonly args: string;
  /** As it was typed. */
  readonly name: string;
  /** What follows the name, blanks and all. */
  readonly raw: string;
  readonly run: ExRunner;
}

export interface ExCommand {
  readonly name: string;
  /** The shortest beginning that still means it. */
  readonly shortest?: string;
  /** A bar belongs to its arguments. */
  readonly takesBars?: boolean;
  readonly takesArguments?: false;
  readonly run: (state: ViState, call: ExCall) => ViState;
}
