/** Options changed, or only told, at the prompt: - and _. */
import type { LessOptions, LessState } from './state.ts';

interface Toggle {
  readonly change: (options: LessOptions) => LessOptions;
  readonly said: (options: LessOptions) => string;
}

const caseText = ({ ignoreCase }: LessOptions): string =>
  ignoreCase === 'never'
    ? 'Case is significant in searches'
    : ignoreCase === 'always'
      ? 'Ignore case in searches and in patterns'
      : 'Ignore case in searches';
const promptText = ({ prompt }: LessOptions): string =>
  `${prompt === 'short' ? 'Short' : prompt === 'medium' ? 'Medium' : 'Long'} prompt`;

const ignoring = (kind: LessOptions['ignoreCase']): Toggle => ({
  change: (options) => ({ ...options, ignoreCase: options.ignoreCase === kind ? 'never' : kind }),
  said: caseText,
});
const prompting = (kind: LessOptions['prompt']): Toggle => ({
  change: (options) => ({ ...options, prompt: options.prompt === kind ? 'short' : kind }),
  said: promptText,
});

const quitting = (kind: LessOptions['quits']): Toggle => ({
  change: (options) => ({ ...options, quits: options.quits === kind ? 'never' : kind }),
  said: ({ quits }) =>
    quits === 'never'
      ? "Don't quit at end-of-file"
      : quits === 'at-end'
        ? 'Quit immediately at end-of-file'
        : 'Quit at end-of-file',
});
type SwitchName = { [Name in keyof LessOptions]: LessOptions[Name] extends boolean ? Name : never }[keyof LessOptions];
const switching = (name: SwitchName, on: string, off: string): Toggle => ({
  change: (options) => ({ ...options, [name]: !options[name] }),
  said: (options) => (options[name] ? on : off),
});

const TOGGLES: Readonly<Record<string, Toggle>> = {
  e: quitting('behind-end'),
  E: quitting('at-end'),
  F: switching('quitsOnOnePage', 'Quit if end-of-file on first screen', "Don't quit if end-of-file on first screen"),
  G: switching('highlight', 'Highlight all matches for previous search pattern', "Don't highlight search matches"),
  K: switching('quitsOnInterrupt', 'Interrupt (ctrl-C) exits less', 'Interrupt (ctrl-C) returns to prompt'),
  n: switching('lineNumbers', 'Use line numbers', "Don't use line numbers"),
  r: switching('raw', 'Display control characters directly (not recommended)', 'Display control characters as ^X'),
  N: {
    change: (options) => ({ ...options, numbers: !options.numbers }),
    said: ({ numbers }) => (numbers ? 'Constantly display line numbers' : 'Use line numbers'),
  },
  S: {
    change: (options) => ({ ...options, chop: !options.chop }),
    said: ({ chop }) => (chop ? 'Chop long lines' : 'Fold long lines'),
  },
  R: {
    change: (options) => ({ ...options, raw: !options.raw }),
    said: ({ raw }) =>
      raw ? 'Display ANSI sequences directly, other control characters as ^X' : 'Display control characters as ^X',
  },
  i: ignoring('unless-capital'),
  I: ignoring('always'),
  m: prompting('medium'),
  M: prompting('long'),
};

/** Options that hold for as long as less runs. */
const FIXED: Readonly<Record<string, string>> = { X: '-X (--no-init)' };

export function toggleKey(state: LessState, letter: string, changes: boolean): LessState {
  const fixed = FIXED[letter];
  if (fixed !== undefined)
    return {
      ...state,
      message: changes ? `Cannot change the ${fixed} option` : 'Send init/deinit strings to terminal',
    };
  const toggle = TOGGLES[letter];
  if (toggle === undefined) return { ...state, message: `drydock: '-${letter}' in less is not simulated` };
  const options = changes ? toggle.change(state.options) : state.options;
  return { ...state, changed: options, message: toggle.said(options) };
}
