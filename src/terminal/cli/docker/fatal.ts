/** Ends the command: text for standard error and the exit code. */
export class Fatal extends Error {
  constructor(
    readonly text: string,
    readonly code = 1,
  ) {
    super(text);
  }
}

/** Ends `docker run` at a fault of its flags. */
export function refuseRun(message: string): never {
  throw new Fatal(`docker: ${message}\n\nRun 'docker run --help' for more information`, 125);
}
