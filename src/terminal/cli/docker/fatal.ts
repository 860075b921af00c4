/** Ends the command: text for standard error and the exit code. */
export class Fatal extends Error {
  constructor(
    readonly text: string,
    readonly code = 1,
  ) {
    super(text);
  }
}
