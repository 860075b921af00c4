/** What all transfers of one call share. */
import type { Process } from '../../../protocol/program.ts';
import type { Io } from '../../io.ts';
import type { Connections } from './connections.ts';
import type { CookieJar } from './cookies.ts';

export interface Session {
  readonly process: Process;
  readonly io: Io;
  readonly connections: Connections;
  /** Where -b names a file or -c is given. */
  readonly jar: CookieJar | undefined;
}

/** A transfer that has not worked: curl's exit code and message. */
export interface TransferFailure {
  readonly code: number;
  readonly message: string;
}
