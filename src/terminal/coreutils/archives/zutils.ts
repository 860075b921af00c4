/**
 * zgrep, zegrep, zfgrep, zcmp, zdiff, zmore, zless, zforce, uncompress (gzip 1.12), which Debian has as scripts of sh.
 * Models: the same pipelines of gzip with grep, cmp, diff and more, run by /bin/sh; their operands and complaints.
 * Leaves out: zgrep -f from what is no file; zless reads through a pipe, so that less knows no name; znew and gzexe.
 */
import type { Process, Program } from '../../../protocol/program.ts';
import { Io } from '../../io.ts';
import { versionAsked } from '../../program-version.ts';

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
const isPacked = (name: string): boolean => /[-.](gz.*|[zZ])$|\.t[ga]z$|^-$/.test(name);

/** The script that does the work, or what is wrong with the call and its status. */
type Plan = { readonly script: string } | { readonly problem: string; readonly status: number };

function program(name: string, usage: string, plan: (args: readonly string[], path: string) => Plan): Program {
  return {
    name,
    memoryBytes: 1_200_000,
    run: async (process: Process): Promise<number> => {
      const io = new Io(process, name);
      const args = process.argv.slice(1);
      if (args[0]?.startsWith('--h') === true) io.line(`Usage: /usr/bin/${name} ${usage}`);
      const version = versionAsked(name, args);
      if (version !== undefined) io.line(version);
      if (version !== undefined || args[0]?.startsWith('--h') === true) return await io.end(0);
      const planned = plan(args, `/usr/bin/${name}`);
      if ('problem' in planned) {
        await io.raw(`${planned.problem}\n`);
        return planned.status;
      }
      await process.exec('/bin/sh', ['sh', '-c', planned.script, `/usr/bin/${name}`], process.env);
      await io.warn('cannot execute /bin/sh');
      return 126;
    },
  };
}

interface GrepCall {
  readonly options: readonly string[];
  readonly operands: readonly string[];
  readonly hasPattern: boolean;
}

/** Options with their values, and operands; a problem where grep has an option that makes no sense here. */
function readGrep(args: readonly string[]): GrepCall | string {
  const options: string[] = [];
  const operands: string[] = [];
  let hasPattern = false;
  const rest = [...args];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      operands.push(...rest);
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      operands.push(word);
      continue;
    }
    // Letters are taken one at a time; those with a value take what is left of the word.
    if (/^-[EFGHIKLPRTUVZabchilnoqrsuvwxyz]./.test(word)) {
      rest.unshift(`-${word.slice(2)}`);
      word = word.slice(0, 2);
    }
    if (/^-[drRzZ]|^--(di|exc|inc|rec|nu)/.test(word)) return word;
    options.push(word);
    if (/^(-[ef]|--reg|--file)/.test(word)) hasPattern = true;
    if (/^-[ABCDXefm]$|^--(binary-\w*|file|[lm]a\w*|reg\w*)$/.test(word)) options.push(rest.shift() ?? '');
  }
  return { options, operands, hasPattern };
}

const grepping = (name: string, kind: string): Program =>
  program(name, '[OPTION]... [-e] PATTERN [FILE]...', (args) => {
    const read = readGrep(kind === '' ? args : [kind, ...args]);
    if (typeof read === 'string') return { problem: `/usr/bin/zgrep: ${read}: option not supported`, status: 2 };
    const [pattern, ...others] = read.operands;
    if (!read.hasPattern && pattern === undefined)
      return { problem: "/usr/bin/zgrep: 188: 1: missing pattern; try `/usr/bin/zgrep --help' for help", status: 2 };
    const files = read.hasPattern ? read.operands : others;
    const has = (test: RegExp): boolean => read.options.some((option) => test.test(option));
    const hides = has(/^(-h|--no-f.*)$/);
    const heads = !hides && files.length > 1 && !has(/^(-H|--with-f.*)$/) ? ['-H'] : [];
    const words = [...heads, ...read.options, ...(read.hasPattern ? [] : ['--', pattern ?? ''])].map(quoted).join(' ');
    const lists = has(/^(-l|--files-with-.*)$/) ? 'with' : has(/^(-L|--files-witho.*)$/) ? 'without' : undefined;
    const search =
      lists === 'with'
        ? `grep ${words} >/dev/null && printf '%s\\n' "$i"`
        : lists === 'without'
          ? `grep ${words} >/dev/null || { r=$?; test $r -eq 1 && printf '%s\\n' "$i"; exit $r; }`
          : `if test "$i" != -; then grep --label "$i" ${words}; else grep ${words}; fi`;
    return {
      script: `exec 3>&1
res=1
for i in ${(files.length === 0 ? ['-'] : files).map(quoted).join(' ')}; do
  packed=$(exec 5>&1; (gzip -cdfq -- "$i" 5>&-; echo $? >&5) 3>&- | (${search}) >&3 5>&-)
  r=$?
  test "$packed" -eq 1 && r=2
  if test $r -le 1 && test $res -le 1; then test $r -lt $res; else test $res -lt $r; fi && res=$r
done
exit $res`,
    };
  });

export const zgrep = grepping('zgrep', '');
export const zegrep = grepping('zegrep', '-E');
export const zfgrep = grepping('zfgrep', '-F');

const comparing = (name: 'zcmp' | 'zdiff', tool: 'cmp' | 'diff'): Program =>
  program(name, '[OPTION]... FILE1 [FILE2]', (args, path) => {
    const options: string[] = [];
    const files: string[] = [];
    const rest = [...args];
    for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
      if (word === '--') files.push(...rest.splice(0));
      else if (/^-[CDFISUWXx]$/.test(word)) {
        const value = rest.shift();
        if (value === undefined)
          return { problem: `${path}: : option requires an argument -- ${quoted(word)}`, status: 2 };
        options.push(word, value);
      } else if (word.startsWith('-') && word !== '-') options.push(word);
      else if (word === '') return { problem: `${path}: empty file name`, status: 2 };
      else files.push(word);
    }
    const [first, second, extra] = files;
    if (extra !== undefined) return { problem: `${path}: extra operand '${extra}'`, status: 2 };
    if (first === undefined) return { problem: `${path}: missing operand`, status: 2 };
    const run = `${[tool, ...options].map((word, at) => (at === 0 ? word : quoted(word))).join(' ')} --`;
    // The shell's complaint names the line of the script in which the file was opened.
    const opens = (file: string): string => (file === '-' ? '' : `<${quoted(file)} || exit 2`);
    const exists = `${'\n'.repeat(91)}${opens(first)}\n\n\n\n${opens(second ?? '-')}\n`;
    const unpacked = (file: string): string => `(gzip -cdfq -- ${quoted(file)} 4>&-; echo $? >&4) 3>&-`;
    if (second === undefined && !isPacked(first))
      return { problem: `${path}: ${first}: unknown compressed file extension`, status: 2 };
    const plain = second ?? first.replace(/[-.][zZtga]*$/, '');
    const both = second !== undefined && isPacked(first) && isPacked(second);
    const pipeline = both
      ? `${unpacked(first)} | (${unpacked(second)} 5<&- </dev/null | ${run} /dev/fd/5 - >&3) 5<&0`
      : isPacked(first)
        ? `${unpacked(first)} | ${run} - ${quoted(plain)} >&3`
        : isPacked(plain)
          ? `${unpacked(plain)} | ${run} ${quoted(first)} - >&3`
          : undefined;
    if (pipeline === undefined) return { script: `${exists}exec ${run} ${quoted(first)} ${quoted(plain)}` };
    return {
      script: `${exists}exec 3>&1
packed=$(exec 4>&1; ${pipeline})
r=$?
case $packed in *[1-9]*) exit 2;; esac
exit $r`,
    };
  });

export const zcmp = comparing('zcmp', 'cmp');
export const zdiff = comparing('zdiff', 'diff');

export const zmore = program('zmore', '[OPTION]... [FILE]...', (args, path) => {
  const [first = ''] = args;
  if (/^-./.test(first) && first !== '--')
    return { problem: `${path}: ${first}: unknown option; try '${path} --help' for help`, status: 1 };
  const files = first === '--' ? args.slice(1) : args;
  const title = files.length > 1 ? 'printf \'::::::::::::::\\n%s\\n::::::::::::::\\n\' "$i"; ' : '';
  const list = (files.length === 0 ? ['-'] : files).map(quoted).join(' ');
  return { script: `for i in ${list}; do ${title}gzip -cdfq -- "$i"; done 2>&1 | eval \${PAGER-more}` };
});

export const zless = program('zless', '[OPTION]... [FILE]...', (args) => {
  const options = args.filter((word) => word.startsWith('-') && word !== '-').map(quoted);
  const files = args.filter((word) => !word.startsWith('-') || word === '-').map(quoted);
  const list = files.length === 0 ? '' : `gzip -cdfq -- ${files.join(' ')} | `;
  return { script: `${list}less ${options.join(' ')}` };
});

export const zforce = program('zforce', '[FILE]...', (args, path) => {
  if (args.length === 0)
    return { problem: `${path}: invalid number of operands; try \`${path} --help' for help`, status: 1 };
  return {
    script: `res=0
for i in ${args.map(quoted).join(' ')}; do
  case "$i" in *[-.]z | *[-.]gz | *.t[ag]z) continue;; esac
  if test ! -f "$i"; then printf '%s\\n' "zforce: $i not a file"; res=1; continue; fi
  gzip -lv < "$i" 2>/dev/null | grep -q '^defl' || continue
  mv -- "$i" "$i.gz" && printf '%s\\n' "$i -- replaced with $i.gz" || res=1
done
exit $res`,
  };
});
