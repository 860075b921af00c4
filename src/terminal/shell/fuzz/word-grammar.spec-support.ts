/** Random words: every kind of quoting and expansion. */
import * as fc from 'fast-check';

type Text = fc.Arbitrary<string>;

const literal: Text = fc.constantFrom('a', 'b1', 'x.y', 'foo', '-', '10', 'é', 'a\\ b', '\\$', '%', 'k=v', ',');
const name = fc.constantFrom('a', 'b', 'c', 'HOME', 'n');
const quoted: Text = fc.constantFrom("'s q'", "'$a'", '""', '"d q"', "$'t\\tn'", '$"loc"', '"a\\"b"', "'*'");
const parameter: Text = fc.oneof(
  name.map((text) => `$${text}`),
  fc
    .tuple(
      name,
      fc.constantFrom(
        ':-def',
        '-d',
        ':+alt',
        '+',
        '#?',
        '##*o',
        '%?',
        '%%o*',
        '/o/0',
        '//[a-c]/-',
        '^',
        '^^',
        ',',
        ',,',
        ':1',
        ':0:2',
        ': -1',
        '@Q',
        '@U',
        '~~',
      ),
    )
    .map(([text, operation]) => `\${${text}${operation}}`),
  name.map((text) => `\${#${text}}`),
  fc.constantFrom(
    '${arr[@]}',
    '${arr[0]}',
    '${#arr[@]}',
    '${!arr[@]}',
    '${arr[@]:1}',
    '${map[k]}',
    '${arr[*]/x/y}',
    '$#',
    '$*',
    '$@',
    '${@:1:1}',
    '$1',
    '${!HOM*}',
    '$((n*2))',
    '$((1 + 2))',
    '$[3-1]',
    '${a:=set}',
  ),
);
const substitution: Text = fc.constantFrom(
  '$(echo cs)',
  '`echo bt`',
  '$(echo "in $a")',
  '$(false)',
  '$(< one)',
  '$(printf "x\\ny\\n")',
);
const pattern: Text = fc.constantFrom(
  '*',
  'o*',
  '[a-o]ne',
  '?ne',
  '{p,q}',
  '{1..3}',
  'z{,y}',
  '~',
  'd/*',
  'none*',
  'on[e]',
);

/** A part that may become several words or none. */
const loose: Text = fc.oneof(
  { weight: 5, arbitrary: literal },
  { weight: 3, arbitrary: quoted },
  { weight: 5, arbitrary: parameter },
  { weight: 2, arbitrary: substitution },
  { weight: 2, arbitrary: pattern },
  { weight: 2, arbitrary: fc.oneof(parameter, substitution).map((text) => `"${text}"`) },
  { weight: 1, arbitrary: fc.oneof(parameter, substitution).map((text) => `"pre ${text} post"`) },
);

/** One word of a command. */
export const word: Text = fc.array(loose, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(''));
/** A word that stays one: for values, subjects of case, tests. */
export const wordText: Text = fc.oneof(
  fc.constantFrom('a', 'abc', 'x', '7', "'q r'"),
  parameter.filter((text) => !/@|\*/.test(text)).map((text) => `"${text}"`),
  substitution.map((text) => `"${text}"`),
);
