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

const TOGGLES: Readonly<Record<string, Toggle>> = {
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

export function toggleKey(state: LessState, letter: string, changes: boolean): LessState {
  const toggle = TOGGLES[letter];
  if (toggle === undefined) return { ...state, message: `drydock: '-${letter}' in less is not simulated` };
  const options = changes ? toggle.change(state.options) : state.options;
  return { ...state, changed: options, message: toggle.said(options) };
}
