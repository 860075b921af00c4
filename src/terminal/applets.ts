import type { Applet } from './coreutils/command.ts';
import { basename } from './coreutils/paths/basename.ts';
import { cat } from './coreutils/text/cat.ts';
import { dirname } from './coreutils/paths/dirname.ts';
import { echo } from './coreutils/builtins/echo.ts';
import { testProgram } from './coreutils/builtins/test.ts';
import { groups } from './coreutils/identity/groups.ts';
import { kill } from './coreutils/builtins/kill.ts';
import { nproc } from './coreutils/identity/nproc.ts';
import { arch, uname } from './coreutils/identity/uname.ts';
import { which } from './coreutils/paths/which.ts';
import { clear, falseProgram, pwd, sleep, sync, trueProgram, tty, whoami, yes } from './coreutils/simple.ts';
import { tee } from './coreutils/text/tee.ts';

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
