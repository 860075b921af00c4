import type { ReplacementPart, Substitution } from './script.ts';

/** The text after `s`; undefined where nothing matched. */
export function substitute(text: string, regex: RegExp, { replacement, from, all }: Substitution): string | undefined {
  let seen = 0;
  let changed = false;
  regex.lastIndex = 0;
  const result = text.replace(regex, (...args: unknown[]) => {
    const groups = args.slice(0, -2).map((group) => (typeof group === 'string' ? group : ''));
    seen += 1;
    if (seen < from || (seen > from && !all)) return groups[0] ?? '';
    changed = true;
    return render(replacement, groups);
  });
  return changed ? result : undefined;
}

function render(parts: readonly ReplacementPart[], groups: readonly string[]): string {
  let out = '';
  let mode = '';
  let once = '';
  for (const part of parts) {
    if (typeof part === 'object') {
      if (part.fold === 'U' || part.fold === 'L') mode = part.fold;
      else if (part.fold === 'E') mode = '';
      else once = part.fold;
      continue;
    }
    let text = typeof part === 'number' ? (groups[part] ?? '') : part;
    if (mode === 'U') text = text.toUpperCase();
    else if (mode === 'L') text = text.toLowerCase();
    if (once !== '' && text !== '') {
      text = (once === 'u' ? text.charAt(0).toUpperCase() : text.charAt(0).toLowerCase()) + text.slice(1);
      once = '';
    }
    out += text;
  }
  return out;
}
