import type { Op } from '../machine/op.ts';
import type { Shell } from '../shell.ts';
import type { PlannedCommand } from '../commands/simple-command.ts';

/** A command that the shell carries out itself; answers its status. */
export type Builtin = (shell: Shell, args: readonly string[], command: PlannedCommand) => number | Op<number>;
