import type { Applet } from './coreutils/command.ts';
import { basename } from './coreutils/basename.ts';
import { cat } from './coreutils/cat.ts';
import { cut } from './coreutils/cut.ts';
import { dirname } from './coreutils/dirname.ts';
import { echo } from './coreutils/echo.ts';
import { expr } from './coreutils/expr.ts';
import { testProgram } from './coreutils/test.ts';
import { groups } from './coreutils/groups.ts';
import { env, printenv } from './coreutils/env.ts';
import { kill } from './coreutils/kill.ts';
import { nproc } from './coreutils/nproc.ts';
import { arch, uname } from './coreutils/uname.ts';
import { which } from './coreutils/which.ts';
import { cp } from './coreutils/cp.ts';
import { ln } from './coreutils/ln.ts';
import { mkdir, rmdir } from './coreutils/mkdir.ts';
import { mv } from './coreutils/mv.ts';
import { readlink, realpath } from './coreutils/realpath.ts';
import { rm } from './coreutils/rm.ts';
import { touch } from './coreutils/touch.ts';
import { egrep, fgrep, grep } from './coreutils/grep.ts';
import { head } from './coreutils/head.ts';
import { ls } from './coreutils/ls/ls.ts';
import {
  clear,
  falseProgram,
  hostname,
  id,
  pwd,
  sleep,
  sync,
  trueProgram,
  tty,
  whoami,
  yes,
} from './coreutils/simple.ts';
import { sort } from './coreutils/sort.ts';
import { tail } from './coreutils/tail.ts';
import { tee } from './coreutils/tee.ts';
import { wc } from './coreutils/wc.ts';

const named = (name: string, applet: Applet): readonly [string, Applet] => [name, applet];

/** Programs that hosts have as files of their own and busybox as applets; others load when they are first run. */
export const applets: ReadonlyMap<string, Applet> = new Map<string, Applet>([
  ...[
    arch,
    basename,
    cat,
    clear,
    cp,
    cut,
    dirname,
    echo,
    egrep,
    env,
    expr,
    fgrep,
    grep,
    head,
    hostname,
    id,
    kill,
    ln,
    ls,
    mkdir,
    mv,
    nproc,
    printenv,
    pwd,
    readlink,
    realpath,
    rm,
    rmdir,
    sleep,
    sync,
    sort,
    tail,
    tee,
    touch,
    tty,
    uname,
    wc,
    which,
    whoami,
    yes,
    groups,
  ].map((applet) => named(applet.name, applet)),
  named('true', trueProgram),
  named('false', falseProgram),
  named('test', testProgram),
  named('[', testProgram),
]);
