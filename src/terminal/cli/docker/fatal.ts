/** Ends the command: text for standard error and the exit code. */
export class Fatal extends Error {
  constructor(
    readonly text: string,
    readonly code = 1,
  ) {
    super(text);
  }
}

const FLAG_STATUS = 125;

/** What is wrong with what a flag says; `isUsage` where the flag refuses its value by itself, before the command looks. */
class FlagFault extends Error {
  constructor(
    message: string,
    readonly isUsage: boolean,
  ) {
    super(message);
  }
}

/** Ends `docker run` or `docker create` at a fault that they find themselves. */
export function refuseRun(message: string): never {
  throw new FlagFault(message, false);
}

/** Ends a command at a value that one of its flags cannot be; `flag` as its help spells it: `-m, --memory`. */
export function refuseArgument(value: string, flag: string, why: string): never {
  throw new FlagFault(`invalid argument "${value}" for "${flag}" flag: ${why}`, true);
}

/** How the command of a path ends that threw: a flag's fault is told with where to read more, anything else goes on. */
export function endOf(problem: unknown, path: string, use: string): unknown {
  if (!(problem instanceof FlagFault)) return problem;
  return problem.isUsage ? usageFatal(problem.message, path, use) : runFatal(problem.message, path);
}

/** A fault of the command line, with the command's usage. */
export const usageFatal = (message: string, path: string, use: string): Fatal =>
  new Fatal(`${message}\n\nUsage:  ${path} ${use}\n\nRun '${path} --help' for more information`, FLAG_STATUS);

/** A fault of `docker run` or `docker create`, which name themselves without `container`. */
export const runFatal = (message: string, path: string): Fatal =>
  new Fatal(
    `docker: ${message}\n\nRun 'docker ${path.split(' ').at(-1) ?? ''} --help' for more information`,
    FLAG_STATUS,
  );
