/** curl's configuration files (-K, ~/.curlrc): one option a line, as long names without dashes or as on the command line. */

/** The arguments that a file's lines stand for. */
export function argumentsOf(text: string): readonly (readonly [option: string, value: string | undefined])[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trimStart())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name = '', rest = ''] = /^([^\s=:]+|-:)[\s=:]*(.*)$/.exec(line) ?? [];
      const option = name.startsWith('-') ? name : `--${name}`;
      return [option, rest === '' ? undefined : valueOf(rest)] as const;
    });
}

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', v: '\v' };

/** A quoted value knows escapes; another ends at the first blank. */
function valueOf(text: string): string {
  if (!text.startsWith('"')) return text.replace(/\s.*$/, '');
  const [, inner = ''] = /^"((?:[^"\\]|\\.)*)/.exec(text) ?? [];
  return inner.replace(/\\(.)/g, (_, letter: string) => ESCAPES[letter] ?? letter);
}
