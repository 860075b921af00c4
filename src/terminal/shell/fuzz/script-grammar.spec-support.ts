/**
 * Random scripts. Every kind of node of the syntax tree has its rule; nothing depends on time, chance or process ids, loops
 * count, and files are only those of the script's own directory.
 */
import * as fc from 'fast-check';
import { word, wordText } from './word-grammar.spec-support.ts';

type Text = fc.Arbitrary<string>;
const join = (separator: string, ...parts: readonly Text[]): Text =>
  fc.tuple(...parts).map((texts) => texts.filter((text) => text !== '').join(separator));
const list = (part: Text, most: number): Text =>
  fc.array(part, { minLength: 1, maxLength: most }).map((texts) => texts.join('; '));

const variable = fc.constantFrom('a', 'b', 'c');
const FILES = ['one', 'two', 'd/three'] as const;
const file = fc.constantFrom(...FILES);

const builtin: Text = fc.oneof(
  { weight: 6, arbitrary: join(' ', fc.constant('echo'), word, fc.option(word, { nil: '' })) },
  { weight: 2, arbitrary: join(' ', fc.constant("printf '%s|'"), word, word) },
  fc.constantFrom(':', 'true', 'pwd >/dev/null', 'shift 2>/dev/null || :', 'type -t echo cd f nosuch'),
  { weight: 1, arbitrary: fc.constantFrom('false', 'nosuch_command', 'cd nodir', 'cat nofile', 'let 0') },
  join(
    ' ',
    fc.constant('test -n'),
    word.map((text) => `"x${text.replace(/["\\`$]/g, '')}"`),
  ),
  join(' ', fc.constant('set --'), word, word),
  variable.map((name) => `unset ${name}`),
  variable.map((name) => `declare -p ${name} 2>/dev/null || :`),
  join(' ', fc.constant('read -r a b <<<'), word),
  fc.constantFrom(
    'let a=1+2',
    'let "b = a * 2 + 1"',
    'export c=exported',
    'declare -i c=4+5',
    'local z 2>/dev/null || :',
  ),
  fc.constantFrom(
    'f one',
    'f "$a" two',
    'eval "echo $((1+1))"',
    'command echo via',
    'builtin echo own',
    'exec 9>&1; echo nine >&9',
    'exec {fd}>&1; echo high >&$fd; exec {fd}>&-',
  ),
);
const program: Text = fc.constantFrom(
  'cat one',
  'sort one',
  'wc -l < one',
  'head -n 1 one',
  'tr a-z A-Z < one',
  'seq 3',
  'grep -c . one',
  'mkdir -p d',
  'touch two',
  'ls d',
  'rm -f two',
);
const assignment: Text = fc.oneof(
  join('=', variable, word),
  join('+=', variable, wordText),
  variable.map((name) => `arr=(x "$${name}" z)`),
  join('', fc.constant('arr[1]='), wordText),
  join('', fc.constant('declare -A map=([k]='), wordText, fc.constant(')')),
);
const redirection: Text = fc.oneof(
  file.map((name) => `> ${name}`),
  // Not to what programs read: a pipeline that reads what it appends to has no end.
  file.filter((name) => name !== 'one').map((name) => `>> ${name}`),
  fc.constantFrom('2>/dev/null', '2>&1', '< one', '>| two', '&> two', '3>&1 1>&2 2>&3', '<> one', '{fd}>&1'),
  join(' ', fc.constant('<<<'), wordText),
);
const hereDocument: Text = join(
  '\n',
  fc.constantFrom('cat <<E', "cat <<'E'", 'cat <<-E', 'tr a-z A-Z <<E'),
  fc.constantFrom('plain', '$a ${b:-none} $((1+2))', '\ttabbed `echo cs`', '\\$a "q" \'r\''),
  fc.constant('E\n'),
);

const testPrimary: Text = fc.oneof(
  join(' ', fc.constantFrom('-n', '-z', '-f', '-d', '-e', '-v'), fc.constantFrom('one', '"$a"', 'a', '""', 'd')),
  join(' ', wordText, fc.constantFrom('<', '>'), fc.constantFrom('b', '"$a"')),
  join(' ', wordText, fc.constantFrom('==', '!='), fc.constantFrom('a*', '"$a"', '[a-c]?')),
  join(' ', wordText, fc.constantFrom('==', '!='), fc.constantFrom('@(a|b)', '+([a-z])', '!(x*)')),
  join(
    ' ',
    fc.constantFrom('1', '2', 'a', '"$#"'),
    fc.constantFrom('-eq', '-lt', '-ge', '-ne'),
    fc.constantFrom('1', '2'),
  ),
  join(' ', wordText, fc.constant('=~'), fc.constantFrom('^a', '(b|c)+', '[0-9]', 'x$')),
);
const { test } = fc.letrec<{ test: string }>((tie) => ({
  test: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 2, arbitrary: testPrimary },
    tie('test').map((text) => `! ${text}`),
    tie('test').map((text) => `( ${text} )`),
    join(' ', tie('test'), fc.constantFrom('&&', '||'), tie('test')),
  ),
}));

const { arithmetic } = fc.letrec<{ arithmetic: string }>((tie) => ({
  arithmetic: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        '1',
        '2',
        '7',
        'n',
        '0x1f',
        '$(echo 2)',
        '$(echo n)',
        '`echo 1`',
        '$(echo 3)',
        '${#a}',
        'n++',
        '--n',
        'n=3',
        'n+=2',
      ),
    },
    join(' ', tie('arithmetic'), fc.constantFrom('+', '-', '*', '<', '==', '&&', '|', ','), tie('arithmetic')),
    tie('arithmetic').map((text) => `(${text})`),
    tie('arithmetic').map((text) => `-(${text})`),
    tie('arithmetic').map((text) => `(${text}) ? 4 : 5`),
    tie('arithmetic').map((text) => `(${text}) / 2`),
  ),
}));

/** Counters of loops: one for each depth, so that an inner loop leaves the outer one's alone. */
let depth = 0;
const counter = (): string => `w${String((depth = (depth + 1) % 50))}`;

export const { command, statement } = fc.letrec<{ command: string; compound: string; body: string; statement: string }>(
  (tie) => ({
    body: list(tie('statement'), 2),
    command: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 10, arbitrary: builtin },
      { weight: 4, arbitrary: program },
      { weight: 4, arbitrary: assignment },
      {
        weight: 2,
        arbitrary: join(
          ' ',
          builtin.filter((text) => !text.startsWith('exec')),
          redirection,
        ),
      },
      {
        weight: 1,
        arbitrary: join(
          ' ',
          assignment.filter((text) => /^[abc]=/.test(text)),
          builtin,
        ),
      },
      { weight: 8, arbitrary: tie('compound') },
      { weight: 1, arbitrary: join(' ', tie('compound'), fc.constantFrom('> two', '2>/dev/null', '< one')) },
    ),
    compound: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      tie('body').map((text) => `{ ${text}; }`),
      tie('body').map((text) => `( ${text} )`),
      fc.tuple(tie('body'), tie('body')).map(([a, b]) => `if ${a}; then ${b}; fi`),
      fc
        .tuple(tie('body'), tie('body'), tie('body'))
        .map(([a, b, c]) => `if ${a}; then ${b}; elif ${b}; then :; else ${c}; fi`),
      fc.tuple(word, tie('body')).map(([items, text]) => `for v in ${items} x; do ${text}; done`),
      tie('body').map((text) => `for v; do ${text}; done`),
      tie('body').map((text) => `for ((i=0; i<2; i++)); do ${text}; done`),
      fc.tuple(fc.constantFrom('while ((', 'until ! (('), tie('body')).map(([head, text]) => {
        const name = counter();
        return `${name}=0; ${head} ${name}++ < 2 )); do ${text}; done`;
      }),
      fc
        .tuple(
          wordText,
          fc.constantFrom('a*', 'x|y', '"$a"', '[0-9]*', '*'),
          tie('body'),
          fc.constantFrom(';;', ';&', ';;&'),
        )
        .map(
          ([subject, pattern, text, end]) =>
            `case ${subject} in ${pattern}) ${text} ${end} z) :;; *) echo other;; esac`,
        ),
      tie('body').map((text) => `select v in p q; do ${text}; break; done <<< 1 2>/dev/null`),
      { weight: 2, arbitrary: test.map((text) => `[[ ${text} ]]`) },
      { weight: 2, arbitrary: arithmetic.map((text) => `((${text}))`) },
      fc
        .tuple(fc.constantFrom('f()', 'function f'), tie('command'))
        .map(([head, text]) => `${head} { ${text.replace(/\bf\b/g, ':')}; }`),
      fc.tuple(tie('command'), tie('command')).map(([a, b]) => `${a} | { cat; ${b}; }`),
      fc.tuple(tie('command'), tie('command')).map(([a, b]) => `{ ${a}; } |& cat; ${b}`),
      tie('body').map((text) => `TIMEFORMAT=; time { ${text}; }`),
      tie('body').map((text) => `{ { ${text}; } & wait; }`),
      tie('body').map((text) => `{ coproc { ${text}; } >/dev/null 2>&1; wait; }`),
      tie('body').map((text) => `(set -e; ${text}; echo reached )`),
      fc.constantFrom(
        'cat <(echo in) <(cat one)',
        'while read -r a b; do echo "$b"; done < <(echo x y)',
        'echo "${arr[@]}" ${#arr[@]} "${!arr[@]}"',
        'for i in 1 2 3; do [ $i = 2 ] && continue; echo $i; done',
        'for i in 1 2 3; do [ $i = 2 ] && break; echo $i; done',
        'echo one >&3 3>/dev/null',
      ),
    ),
    statement: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 8, arbitrary: tie('command') },
      fc
        .tuple(tie('command'), fc.constantFrom('&&', '||'), tie('command'))
        .map(([a, operator, b]) => `{ ${a}; } ${operator} { ${b}; }`),
      tie('command').map((text) => `! { ${text}; }`),
    ),
  }),
);

/** A whole script: after each statement its status is printed. */
export const script: Text = fc
  .array(fc.oneof({ weight: 9, arbitrary: statement }, { weight: 1, arbitrary: hereDocument }), {
    minLength: 1,
    maxLength: 5,
  })
  .map(
    (statements) => `echo first > one; mkdir d; n=5\n${statements.map((text) => `${text}\necho "[$?]"`).join('\n')}\n`,
  );

/** Statuses that a script printed. */
export const statusesOf = (stdout: string): readonly string[] =>
  [...stdout.matchAll(/\[(\d+)\]$/gm)].map((match) => match[1] ?? '');

/** How many statuses it prints where nothing ends it early. */
export const statementsOf = (text: string): number => text.match(/^echo "\[\$\?\]"$/gm)?.length ?? 0;
