import type { Fd } from '../../../protocol/program.ts';
import type { Directive } from './sshd-reader.ts';

/** The program of optional-programs.ts that serves a connection. */
export const CONNECTION_PROGRAM = 'sshd-connection';

/** What sshd hands to the child that serves a connection. */
export interface Serving {
  readonly role: 'session';
  readonly connection: Fd;
  readonly listeners: readonly Fd[];
  readonly directives: readonly Directive[];
}
