import type { ParsedScript, Word, WordPart } from 'unbash';

/** Writes the commands of a substitution. */
type ScriptPrinter = (script: ParsedScript) => string;

/** A stretch of a word that is written in another way. */
interface Edit {
  readonly pos: number;
  readonly end: number;
  readonly text: string;
}

/** A word as it was written, but for what bash's reader has decoded: `$'…'`, `$"…"`, and the commands of `$(…)`. */
export function wordText(word: Word, script: ScriptPrinter): string {
  if (word.parts === undefined) return word.text;
  const found = edits(word.parts, script);
  if (found.length === 0) return word.text;
  let text = '';
  let at = word.pos;
  for (const { pos, end, text: instead } of found) {
    text += word.text.slice(at - word.pos, pos - word.pos) + instead;
    at = end;
  }
  return text + word.text.slice(at - word.pos);
}

function edits(parts: readonly WordPart[], script: ScriptPrinter): readonly Edit[] {
  return parts.flatMap((part): readonly Edit[] => {
    const { pos, end } = part;
    switch (part.type) {
      case 'AnsiCQuoted':
        return [{ pos, end, text: `'${part.value.replace(/'/g, "'\\''")}'` }];
      case 'LocaleString':
        return [{ pos, end: pos + 1, text: '' }, ...edits(part.parts, script)];
      case 'DoubleQuoted':
        return edits(part.parts, script);
      case 'CommandExpansion':
        if (part.script === undefined || !part.text.startsWith('$(')) return [];
        return [{ pos, end, text: `$(${substituted(part.script, script)})` }];
      case 'ProcessSubstitution':
        if (part.script === undefined) return [];
        return [{ pos, end, text: `${part.operator}(${substituted(part.script, script)})` }];
      default:
        return [];
    }
  });
}

/** A subshell is kept apart from the parenthesis: `$((` would begin an expression. */
function substituted(script: ParsedScript, print: ScriptPrinter): string {
  const text = print(script);
  return text.startsWith('(') ? ` ${text} ` : text;
}
