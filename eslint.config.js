import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const FORBIDDEN_GLOBALS = [
  ['Date', 'Virtual time comes from the Clock; dates are computed from it.'],
  ['Intl', 'Its answers differ between machines.'],
  ['WeakRef', 'When it empties is decided by the garbage collector.'],
  ['FinalizationRegistry', 'When it calls is decided by the garbage collector.'],
  ['crypto', 'Chance comes from Random; hashes and signatures from @noble.'],
  ['performance', 'Virtual time comes from the Clock.'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'requestAnimationFrame'].map((name) => [
    name,
    'Time passes through events of the loop.',
  ]),
  ...['window', 'document', 'process', 'console', 'fetch', 'navigator', 'localStorage', 'indexedDB'].map((name) => [
    name,
    'The world inside has no browser and no Node.',
  ]),
].map(([name, message]) => ({ name, message }));

const EXACT_MATH =
  'floor|ceil|round|trunc|abs|min|max|sign|imul|clz32|fround|sqrt|PI|E|LN2|LN10|LOG2E|LOG10E|SQRT2|SQRT1_2';

const FORBIDDEN_SYNTAX = [
  {
    selector: `MemberExpression[object.name='Math']:not([property.name=/^(${EXACT_MATH})$/])`,
    message: 'Inexact or random: its result may differ between engines. Use src/engine/sim/math.ts or Random.',
  },
  {
    selector: "BinaryExpression[operator='**']:not([left.type='Literal'][right.type='Literal']):not([left.bigint])",
    message: 'Powers of numbers are inexact. Use src/engine/sim/math.ts.',
  },
  {
    selector: 'MemberExpression[property.name=/^(toLocale\\w*|localeCompare)$/]',
    message: 'Its answer depends on the machine. Compare with < and >.',
  },
  { selector: 'ImportExpression[source.value=/^node:/]', message: 'The world inside has no Node.' },
];

/** Everything that has to give the same answer in every process. */
const DETERMINISTIC = ['src/engine/**/*.ts', 'src/terminal/**/*.ts', 'src/formats/**/*.ts', 'src/protocol/**/*.ts'];
const SPECS = ['**/*.spec.ts', '**/*.spec-support.ts', '**/testing/**/*.ts', 'e2e/**/*.ts'];

/** Blank lines and comments make nothing long. */
const lines = (max) => ['error', { max, skipBlankLines: true, skipComments: true }];

export default ts.config(
  {
    ignores: [
      'dist/',
      'node_modules/',
      'bench/node_modules/',
      'src/engine/kubernetes/schema/generated/',
      'src/lessons/generated/',
      '**/*.generated.ts',
      '**/fixtures/',
    ],
  },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'warn' },
  },
  {
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      eqeqeq: 'error',
      'max-lines': lines(400),
      'max-lines-per-function': lines(70),
      'no-console': 'error',
      // Decided against: these argue with what the project does on purpose.
      // Objects of the API carry the types of the schema before validation has seen them, and a flag that a callback
      // sets looks constant to the checker: the guards it calls unnecessary are the ones that matter.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // A JsonValue may be an object to the type checker; the schema says where it is a scalar.
      '@typescript-eslint/no-base-to-string': 'off',
      // [...text] gives code points, which is what a terminal and the text tools count.
      '@typescript-eslint/no-misused-spread': 'off',
      // Terminals speak in control characters.
      'no-control-regex': 'off',
      // Merge patches and environments are maps whose keys come from data.
      '@typescript-eslint/no-dynamic-delete': 'off',
      // The code has no enums, and its classes are told apart by their private members: a third of the time for nothing.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Packages are pinned; an update shows what it deprecates.
      '@typescript-eslint/no-deprecated': 'off',
      // The caller names what it reads: `all<Pod>('/registry/pods/')`.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // One signature for operations of which only some wait.
      'require-yield': 'off',
      '@typescript-eslint/require-await': 'off',
      'no-warning-comments': ['error', { terms: ['fixme', 'xxx'], location: 'anywhere' }],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig },
    },
    // Svelte's own checker resolves props and markup; typescript-eslint sees them as `any`.
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      'prefer-const': 'off',
      'svelte/no-navigation-without-resolve': 'off',
      // It does not see the warnings of svelte-check, which are errors here and need the comments.
      'svelte/no-unused-svelte-ignore': 'off',
      // Reading a rune on its own line is how an effect says what it depends on.
      '@typescript-eslint/no-meaningless-void-operator': 'off',
    },
  },
  {
    files: DETERMINISTIC,
    ignores: ['src/engine/sim/**', ...SPECS],
    rules: {
      'no-restricted-globals': ['error', ...FORBIDDEN_GLOBALS],
      'no-restricted-syntax': ['error', ...FORBIDDEN_SYNTAX],
    },
  },
  {
    files: SPECS,
    rules: {
      'max-lines': lines(300),
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Rows of table-driven tests and fake objects.
      '@typescript-eslint/no-empty-function': 'off',
      // A spec that has to leave something out says so where it is read.
      'no-console': 'off',
    },
  },
  {
    files: ['src/node/**/*.ts', 'tools/**', 'bench/**/*.{ts,mjs}'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    ...ts.configs.disableTypeChecked,
    languageOptions: { ...ts.configs.disableTypeChecked.languageOptions, globals: globals.node },
  },
);
