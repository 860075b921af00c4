/** Every command that kubectl has here. */
import { KUBECTL_FLAGS } from './flags.generated.ts';
import { commandTree } from './tree.ts';
import { VERBS } from './verbs/index.ts';

export const ALL_COMMANDS = commandTree(KUBECTL_FLAGS, VERBS);
