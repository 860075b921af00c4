/** Scripts that still print something else than bash does, and why. */
export const KNOWN_DIFFERENCES: readonly { readonly reason: string; readonly text: string }[] = [
  {
    reason: 'an alias is put in when its command runs, not when its line is read: it cannot open a compound command',
    text: "shopt -s expand_aliases\nalias loop='for i in 1 2; do'\nloop echo $i; done",
  },
  {
    reason: 'for the same reason a function keeps the name of an alias, not its text',
    text: "shopt -s expand_aliases\nalias g='echo g'\nf() { g; }\nunalias g\nf",
  },
  {
    reason: 'the parser reads extended patterns whether extglob is on or not',
    text: 'echo @(a|b)',
  },
  {
    reason: 'the parser takes an operator at the beginning of [[ ]] for a word',
    text: '[[ ; ]]; echo never',
  },
  {
    reason:
      'in the C locale declare and traces show characters, read -n and IFS take them whole; bash sees bytes there too',
    text: 'LC_ALL=C; v=é; declare -p v',
  },
];
