/** What a call of telnet knows. */
import type { Process } from '../../../protocol/program.ts';
import type { Io, LineReader } from '../../io.ts';
import type { Session } from './session.ts';
import type { Settings } from './settings.ts';

export interface Telnet {
  readonly process: Process;
  readonly io: Io;
  /** Lines for the prompt. */
  readonly commands: LineReader;
  readonly settings: Settings;
  session: Session | undefined;
}
