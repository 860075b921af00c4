import type { Applet } from './coreutils/command.ts';
import { basename } from './coreutils/basename.ts';
import { cat } from './coreutils/cat.ts';
import { dirname } from './coreutils/dirname.ts';
import { echo } from './coreutils/echo.ts';
import { testProgram } from './coreutils/test.ts';
import { groups } from './coreutils/groups.ts';
import { kill } from './coreutils/kill.ts';
import { nproc } from './coreutils/nproc.ts';
import { arch, uname } from './coreutils/uname.ts';
import { which } from './coreutils/which.ts';
import { head } from './coreutils/head.ts';
import { clear, falseProgram, id, pwd, sleep, sync, trueProgram, tty, whoami, yes } from './coreutils/simple.ts';
import { tee } from './coreutils/tee.ts';

const named = (name: string, applet: Applet): readonly [string, Applet] => [name, applet];

/** Programs that hosts have as files of their own and busybox as applets; others load when they are first run. */
export const applets: ReadonlyMap<string, Applet> = new Map<string, Applet>([
  ...[
    arch,
    basename,
    cat,
    clear,
    dirname,
    echo,
    head,
    id,
    kill,
    nproc,
    pwd,
    sleep,
    sync,
    tee,
    tty,
    uname,
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
