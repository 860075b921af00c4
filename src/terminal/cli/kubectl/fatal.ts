/** How a command of kubectl ends early: with a text for standard error and an exit code. */
export class Fatal extends Error {
  readonly text: string;
  readonly code: number;
  /** The same as one of several faults, which are told without `error: `. */
  readonly listed: string;
  constructor(text: string, code = 1, listed = text.replace(/^error: /, '')) {
    super(text);
    this.text = text;
    this.code = code;
    this.listed = listed;
  }
}

/** Something wrong in a file; several such faults are told together, in brackets. */
export class FileFault extends Fatal {}

/** Ends the command with `error: message`. Thrown and caught within kubectl only. */
export function fatal(message: string): never {
  throw new Fatal(message.startsWith('error: ') ? message : `error: ${message}`);
}

/** Ends the command with a text as it stands. */
export function fatalText(text: string, code = 1): never {
  throw new Fatal(text, code);
}

/** Ends the command with a fault of usage, which names the command's help. */
export function usageError(path: readonly string[], message: string): never {
  throw new Fatal(`error: ${message}\nSee '${path.join(' ')} -h' for help and examples`);
}
