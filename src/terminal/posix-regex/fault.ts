/** What GNU's compiler says of an expression that cannot be compiled. */
export function regexFault(source: string, extended: boolean): string {
  if (/(^|[^\\])(\\\\)*\\$/.test(source)) return 'Trailing backslash';
  if (
    /\[:[^\]]*:\]/.test(source) &&
    !/\[:(alpha|digit|alnum|upper|lower|space|blank|punct|print|graph|cntrl|xdigit):\]/.test(source)
  )
    return 'Invalid character class name';
  const bare = source.replace(/\[\^?\]?(?:\[[:.=][^\]]*\]|[^\]])*\]/g, 'x');
  if (/(^|[^\\])\[/.test(bare)) return 'Unmatched [, [^, [:, [., or [=';
  const operators = extended ? bare.replace(/\\./g, '') : (bare.match(/\\[(){}]/g) ?? []).join('').replaceAll('\\', '');
  const depth = [...operators].reduce(
    (open, char) => (open < 0 ? open : open + (char === '(' ? 1 : char === ')' ? -1 : 0)),
    0,
  );
  if (depth < 0) return 'Unmatched ) or \\)';
  if (depth > 0) return 'Unmatched ( or \\(';
  if (operators.includes('{') && !operators.includes('}')) return 'Unmatched \\{';
  if (/\\[1-9]/.test(bare)) return 'Invalid back reference';
  if (/\{/.test(operators)) return 'Invalid content of \\{\\}';
  return /\[[^\]]*-[^\]]*\]/.test(source) ? 'Invalid range end' : 'Invalid preceding regular expression';
}
