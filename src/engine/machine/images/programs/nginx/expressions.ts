/** Regular expressions of a configuration: `location ~`, `server_name ~`. */
import type { Directive } from './config-syntax.ts';

/** What PCRE says of the first regular expression that is none. */
export function expressionFault(directives: readonly Directive[]): string | undefined {
  for (const { name, args, block, file, line } of directives) {
    const sources =
      name === 'location' && /^~\*?$/.test(args[0] ?? '')
        ? args.slice(1, 2)
        : name === 'server_name'
          ? args.filter((arg) => arg.startsWith('~')).map((arg) => arg.slice(1))
          : [];
    for (const source of sources) {
      const fault = faultOf(source);
      if (fault !== undefined) return `${fault} in ${file}:${String(line)}`;
    }
    const inner = block === undefined || name === 'types' ? undefined : expressionFault(block);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** Faults that both kinds of expressions know, in PCRE's words; what only PCRE knows is refused by name. */
function faultOf(source: string): string | undefined {
  try {
    new RegExp(source);
    return undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const fault = /Unterminated group$/.test(message)
      ? 'missing closing parenthesis'
      : /Unterminated character class$/.test(message)
        ? 'missing terminating ] for character class'
        : undefined;
    if (fault === undefined) return `drydock: the regular expression "${source}" is not simulated`;
    return `pcre2_compile() failed: ${fault} in "${source}" at offset ${String(source.length)}`;
  }
}
