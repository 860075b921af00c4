/** Which columns ps shows (procps ps/sortformat.c, ps(1) "STANDARD FORMAT SPECIFIERS"). */
import type { Column, Columns } from './ps-columns.ts';
import type { PsComplaint, PsOptions } from './ps-options.ts';

/** A column with the title and the least width that it is to have. */
export interface Chosen extends Column {
  readonly name: string;
}

const BSD_FORMATS: Readonly<Record<string, string>> = {
  j: 'ppid pid pgid sid tname tpgid stat uid bsdtime args',
  l: 'f uid pid ppid priority ni vsz rss wchan stat tname bsdtime args',
  s: 'uid pid pending blocked ignored caught stat tname bsdtime args',
  u: 'user pid %cpu %mem vsz rss tname stat start_time bsdtime args',
  v: 'pid tname stat bsdtime maj_flt m_trs drs rss %mem args',
};

function standardNames({ sysv, bsd, bsdWords }: PsOptions): string {
  const bsdFormat = Object.keys(BSD_FORMATS).find((letter) => bsd.has(letter));
  if (bsdFormat !== undefined) return BSD_FORMATS[bsdFormat] ?? '';
  const [full, long, jobs] = ['f', 'l', 'j'].map((letter) => sysv.has(letter));
  if (sysv.has('F')) return 'uid_hack pid ppid c sz rss psr stime tname time cmd';
  if (full && long) return 'f s uid_hack pid ppid c opri ni addr_1 sz wchan stime tname time cmd';
  if (full && jobs) return 'uid_hack pid ppid pgid sid c stime tname time cmd';
  if (full) return 'uid_hack pid ppid c stime tname time cmd';
  if (long)
    return sysv.has('y')
      ? 's uid pid ppid c opri ni rss sz wchan tname time ucmd'
      : 'f s uid pid ppid c opri ni addr_1 sz wchan tname time ucmd';
  if (jobs) return 'pid pgid sid tname time ucmd';
  return bsdWords ? 'pid tname stat bsdtime args' : 'pid tname time ucmd';
}

/** -L, -T, -M and -Z put columns among the standard ones. */
function withThreadsAndLabels(names: readonly string[], { sysv, bsd }: PsOptions): readonly string[] {
  const threads = sysv.has('L') ? 'lwp' : sysv.has('T') ? 'spid' : undefined;
  const after = names.includes('ppid') ? 'ppid' : 'pid';
  const threaded =
    threads === undefined
      ? names
      : names.flatMap((name) =>
          name === after
            ? [name, threads]
            : name === 'c' && sysv.has('f') && threads === 'lwp'
              ? [name, 'nlwp']
              : [name],
        );
  return sysv.has('Z') || sysv.has('M') || bsd.has('Z') ? ['label', ...threaded] : threaded;
}

/** Specifiers that ps has and this one has not. */
const ABSENT_COLUMNS = new Set(
  'ag_id ag_nice atime bsdtime cgname cp cpuid cuc cuu docker dsiz eip environ esp exe fds fgid fgroup flag fsgid fsgroup fsuid fsuser fuid fuser htprv htshr io lastcpu lim longtname lsession lstart lxc m_drs m_size machine min_flt minflt numa oom opri ouid pagein pcap pidns policy pri_api pri_bar pri_baz pri_foo pss rbytes rchars rgid rops rsz sched seat sgi_p sgi_rss sgid sgroup sig_block sig_catch sig_ignore sig_pend size slice stackp start_stack suid supgid supgrp suser svgid svgroup svuid svuser timens trss tsig tsiz tty4 unit uss utsns userns uunit wbytes wcbytes wchars wname wops zone ipcns mntns netns cgroupns %p %c %C %G %P %U %a %g %n %r %t %u %x %y %z'.split(
    ' ',
  ),
);

/** The columns of -o, or those of the format that the other options ask for. */
export function chooseColumns(columns: Columns, options: PsOptions): readonly Chosen[] | PsComplaint {
  const chosen: Chosen[] = [];
  const specifiers: readonly Specifier[] =
    options.format.length > 0
      ? options.format.flatMap(specifiersOf)
      : withThreadsAndLabels(standardNames(options).split(' '), options).map((name) => ({ name }));
  for (const { name, width, title } of specifiers) {
    const column = columns.get(name);
    if (column === undefined)
      return {
        complaint: `unknown user-defined format specifier "${name}"`,
        ...(ABSENT_COLUMNS.has(name) ? { absent: `-o ${name}` } : {}),
      };
    chosen.push({
      ...column,
      name,
      ...(width === undefined ? {} : { width }),
      ...(title === undefined ? {} : { title, width: Math.max(width ?? column.width, title.length) }),
    });
  }
  return chosen;
}

interface Specifier {
  readonly name: string;
  readonly width?: number;
  readonly title?: string;
}

/** `pid,user:20,comm=WHAT`: a title goes on to the end of the argument. */
function specifiersOf(text: string): readonly Specifier[] {
  const equals = text.indexOf('=');
  const names = (equals < 0 ? text : text.slice(0, equals)).split(/[, ]+/).filter((name) => name !== '');
  return names.map((each, index) => {
    const [name = '', width] = each.split(':');
    const isLast = index === names.length - 1;
    return {
      name,
      ...(width === undefined ? {} : { width: Number(width) }),
      ...(isLast && equals >= 0 ? { title: text.slice(equals + 1) } : {}),
    };
  });
}
