/**
 * systemd-escape (systemd 255).
 * Models: escaping of words and paths, back again, suffixes, templates and their instances.
 * Leaves out: --mangle. Source: systemd src/escape/escape.c, src/basic/unit-name.c.
 */
import { decodeUtf8, encodeUtf8 } from '../../protocol/bytes.ts';
import { command, type Options } from '../coreutils/command.ts';

const UNIT_TYPES = 'service|socket|target|device|mount|automount|swap|timer|path|slice|scope'.split('|');
/** `name@instance.type`; the instance of a template is empty. */
const TEMPLATED = /^([A-Za-z0-9:_.\\-]+)@([A-Za-z0-9:_.\\@-]*)\.(\w+)$/;

export const systemdEscape = command(
  {
    name: 'systemd-escape',
    short: 'hupm',
    long: {
      suffix: 'suffix:',
      template: 'template:',
      unescape: 'u',
      path: 'p',
      mangle: 'm',
      instance: 'instance',
    },
    hint: '',
  },
  async ({ io, options, operands }) => {
    const wrong = wrongOptions(options, operands);
    if (wrong !== undefined) {
      await io.raw(`${wrong}\n`);
      return 1;
    }
    if (options.has('m')) {
      await io.raw("drydock: 'systemd-escape --mangle' is not simulated\n");
      return 1;
    }
    for (const [at, word] of operands.entries()) {
      const { text, warning } = options.has('u') ? unescaped(options, word) : escaped(options, word);
      if (warning !== undefined) await io.raw(`${warning}\n`);
      if (text === undefined) return await io.end(1);
      io.out(`${at === 0 ? '' : ' '}${text}`);
    }
    io.line('');
    return await io.end(0);
  },
);

function wrongOptions(options: Options, operands: readonly string[]): string | undefined {
  const suffix = options.value('suffix');
  const template = options.value('template');
  const given = (letter: string): boolean => options.has(letter);
  if (suffix !== undefined && !UNIT_TYPES.includes(suffix)) return `Invalid unit suffix type "${suffix}".`;
  if (template !== undefined && TEMPLATED.exec(template)?.[2] !== '') return `Template name ${template} is not valid.`;
  if (operands.length === 0) return 'Not enough arguments.';
  if (template !== undefined && suffix !== undefined) return '--suffix= and --template= may not be combined.';
  if ((template !== undefined || suffix !== undefined) && given('m'))
    return '--suffix= and --template= are not compatible with --mangle.';
  if (suffix !== undefined && given('u')) return '--suffix is not compatible with --unescape.';
  if (given('p') && given('m')) return '--path may not be combined with --mangle.';
  if (given('instance') && !given('u')) return '--instance must be used in conjunction with --unescape.';
  return given('instance') && template !== undefined ? '--instance may not be combined with --template.' : undefined;
}

interface Answer {
  /** Absent: there is none, and what has been asked for ends here. */
  readonly text?: string;
  readonly warning?: string;
}

function escaped(options: Options, word: string): Answer {
  const template = options.value('template');
  const suffix = options.value('suffix');
  const { text, warning } = options.has('p') ? escapedPath(word) : { text: escapeWord(word) };
  if (text === undefined) return { ...(warning === undefined ? {} : { warning }) };
  if (template !== undefined && text === '') return { warning: 'Failed to replace instance: Invalid argument' };
  const whole =
    template !== undefined ? template.replace('@.', `@${text}.`) : suffix === undefined ? text : `${text}.${suffix}`;
  return { text: whole, ...(warning === undefined ? {} : { warning }) };
}

function escapedPath(path: string): Answer {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  const isAbsolute = path.startsWith('/');
  if (parts.includes('..') || (!isAbsolute && parts.length === 0)) {
    const what = isAbsolute ? 'a normalized' : 'an absolute';
    return { warning: `Input '${path}' is not ${what} file system path, failed to escape.` };
  }
  return {
    text: parts.length === 0 ? '-' : escapeWord(parts.join('/')),
    ...(isAbsolute
      ? {}
      : {
          warning: `Input '${path}' is not an absolute file system path, escaping is likely not going to be reversible.`,
        }),
  };
}

/** Slashes become dashes; all else but letters, digits and `:_.` a code, and a dot that stands first. */
const escapeWord = (word: string): string =>
  encodeUtf8(word).reduce((text, byte, at) => {
    const letter = String.fromCharCode(byte);
    if (letter === '/') return `${text}-`;
    const stays = /[A-Za-z0-9:_]/.test(letter) || (letter === '.' && at > 0);
    return `${text}${stays ? letter : `\\x${byte.toString(16).padStart(2, '0')}`}`;
  }, '');

function unescaped(options: Options, word: string): Answer {
  const template = options.value('template');
  if (template === undefined && !options.has('instance')) return unescapedText(options, word);
  const [, prefix = '', instance, type = ''] = TEMPLATED.exec(word) ?? [];
  if (instance === undefined && !new RegExp(`^[A-Za-z0-9:_.\\\\-]+\\.(${UNIT_TYPES.join('|')})$`).test(word))
    return { warning: 'Failed to extract instance: Invalid argument' };
  const own = `${prefix}@.${type}`;
  if (instance === undefined || instance === '') return { warning: `Unit ${word} is missing the instance name.` };
  if (template !== undefined && own !== template)
    return { warning: `Unit ${word} template ${own} does not match specified template ${template}.` };
  return unescapedText(options, instance);
}

function unescapedText(options: Options, word: string): Answer {
  const failure = { warning: 'Failed to unescape string: Invalid argument' };
  if (options.has('p') && word === '-') return { text: '/' };
  if (/\\(?!x[0-9A-Fa-f]{2})/.test(word)) return failure;
  const bytes = word
    .replaceAll('-', '/')
    .split(/(\\x[0-9A-Fa-f]{2})/)
    .flatMap((part, at) => (at % 2 === 1 ? [parseInt(part.slice(2), 16)] : [...encodeUtf8(part)]));
  const text = decodeUtf8(Uint8Array.from(bytes));
  if (!options.has('p')) return { text };
  const parts = text.split('/');
  const isNormal = text !== '' && parts.every((part) => part !== '' && part !== '.' && part !== '..');
  return isNormal ? { text: `/${text}` } : failure;
}
