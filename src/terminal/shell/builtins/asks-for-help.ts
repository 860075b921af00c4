import type { Shell } from '../shell.ts';

/** Builtins to which `--help` is a word like any other. */
const DEAF = new Set(['echo', 'test', '[', ':', 'true', 'false']);
export const asksForHelp = (shell: Shell, argv: readonly string[]): boolean =>
  argv[1] === '--help' && shell.personality === 'bash' && !DEAF.has(argv[0] ?? '');
