/**
 * Ends what the shell is doing and goes back to its main loop, as bash's own longjmp does: an expansion error is met deep
 * inside nested words, where no value could be returned. Never leaves the shell.
 */
export class Abort extends Error {
  readonly status: number;
  /** `command`: this command fails. `line`: back to the prompt; a non-interactive shell exits. `exit`: the shell exits. */
  readonly reach: 'command' | 'line' | 'exit';

  constructor(message: string, reach: 'command' | 'line' | 'exit' = 'line', status = 1) {
    super(message);
    this.reach = reach;
    this.status = status;
  }
}
