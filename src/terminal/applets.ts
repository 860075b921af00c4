import type { Applet } from './coreutils/command.ts';
import { awk } from './coreutils/awk.ts';
import { basename } from './coreutils/basename.ts';
import { cat } from './coreutils/cat.ts';
import { cut } from './coreutils/cut.ts';
import { dirname } from './coreutils/dirname.ts';
import { echo } from './coreutils/echo.ts';
import { bc } from './coreutils/bc.ts';
import { base32 } from './coreutils/base32.ts';
import { base64, expr, testProgram } from './coreutils/data.ts';
import { b2sum, cksum, md5sum, sha1sum, sha224sum, sha256sum, sha384sum, sha512sum, sum } from './coreutils/digests.ts';
import { cmp } from './coreutils/cmp.ts';
import { column } from './coreutils/column.ts';
import { comm } from './coreutils/comm.ts';
import { dd } from './coreutils/dd.ts';
import { diff } from './coreutils/diff.ts';
import { envsubst } from './coreutils/envsubst.ts';
import { expand, unexpand } from './coreutils/expand.ts';
import { fmt } from './coreutils/fmt.ts';
import { groups } from './coreutils/groups.ts';
import { gunzip, gzip, zcat } from './coreutils/gzip.ts';
import { hexdump } from './coreutils/hexdump.ts';
import { join } from './coreutils/join.ts';
import { od } from './coreutils/od.ts';
import { shuf } from './coreutils/shuf.ts';
import { split } from './coreutils/split.ts';
import { tar } from './coreutils/tar.ts';
import { xxd } from './coreutils/xxd.ts';
import { chgrp, chown } from './coreutils/chown.ts';
import { chmod } from './coreutils/chmod.ts';
import { date } from './coreutils/date/date.ts';
import { df } from './coreutils/df.ts';
import { du } from './coreutils/du.ts';
import { env, printenv } from './coreutils/env.ts';
import { kill } from './coreutils/kill.ts';
import { nice, nohup } from './coreutils/nohup.ts';
import { nproc } from './coreutils/nproc.ts';
import { stat } from './coreutils/stat.ts';
import { timeout } from './coreutils/timeout.ts';
import { arch, uname } from './coreutils/uname.ts';
import { watch } from './coreutils/watch.ts';
import { which } from './coreutils/which.ts';
import { cp } from './coreutils/cp.ts';
import { ln } from './coreutils/ln.ts';
import { mkdir, rmdir } from './coreutils/mkdir.ts';
import { mktemp } from './coreutils/mktemp.ts';
import { mv } from './coreutils/mv.ts';
import { readlink, realpath } from './coreutils/realpath.ts';
import { rm } from './coreutils/rm.ts';
import { touch } from './coreutils/touch.ts';
import { truncate } from './coreutils/truncate.ts';
import { find } from './coreutils/find/find.ts';
import { fold } from './coreutils/fold.ts';
import { egrep, fgrep, grep } from './coreutils/grep.ts';
import { head } from './coreutils/head.ts';
import { ls } from './coreutils/ls.ts';
import { nl } from './coreutils/nl.ts';
import { paste } from './coreutils/paste.ts';
import { less, more } from './coreutils/pager.ts';
import { printf } from './coreutils/printf.ts';
import { rev } from './coreutils/rev.ts';
import { sed } from './coreutils/sed/sed.ts';
import { seq } from './coreutils/seq.ts';
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
import { tac } from './coreutils/tac.ts';
import { tail } from './coreutils/tail.ts';
import { tee } from './coreutils/tee.ts';
import { tr } from './coreutils/tr.ts';
import { uniq } from './coreutils/uniq.ts';
import { wc } from './coreutils/wc.ts';
import { xargs } from './coreutils/xargs.ts';
import { curl } from './programs/curl.ts';
import { dig, getent, host, nslookup } from './programs/dns-tools.ts';
import { ping } from './programs/ping.ts';
import { dmesg, free, lsmod, mount, pgrep, pkill, ps, top, umount, uptime } from './programs/proc-tools.ts';
import { sysctl } from './system/sysctl.ts';
import { wget } from './programs/wget.ts';

const named = (name: string, applet: Applet): readonly [string, Applet] => [name, applet];

/** Programs that hosts have as files of their own and busybox as applets. */
export const applets: ReadonlyMap<string, Applet> = new Map<string, Applet>([
  ...[
    arch,
    awk,
    base64,
    basename,
    cat,
    chgrp,
    chmod,
    chown,
    clear,
    cp,
    curl,
    cut,
    date,
    df,
    dig,
    dirname,
    dmesg,
    du,
    echo,
    egrep,
    env,
    expr,
    fgrep,
    find,
    fold,
    free,
    getent,
    grep,
    gunzip,
    gzip,
    head,
    host,
    hostname,
    id,
    kill,
    ln,
    ls,
    lsmod,
    md5sum,
    mkdir,
    mktemp,
    mount,
    mv,
    nice,
    nl,
    nohup,
    nproc,
    nslookup,
    paste,
    pgrep,
    ping,
    pkill,
    printenv,
    printf,
    ps,
    pwd,
    readlink,
    realpath,
    rev,
    rm,
    rmdir,
    sed,
    seq,
    sha1sum,
    sha256sum,
    sleep,
    sort,
    stat,
    sync,
    sysctl,
    tac,
    tail,
    tee,
    timeout,
    top,
    touch,
    tr,
    truncate,
    tty,
    umount,
    uname,
    uniq,
    uptime,
    watch,
    wc,
    wget,
    which,
    whoami,
    xargs,
    zcat,
    yes,
    b2sum,
    base32,
    bc,
    cksum,
    cmp,
    column,
    comm,
    dd,
    diff,
    envsubst,
    expand,
    fmt,
    groups,
    hexdump,
    join,
    less,
    more,
    od,
    sha224sum,
    sha384sum,
    sha512sum,
    shuf,
    split,
    sum,
    tar,
    unexpand,
    xxd,
  ].map((applet) => named(applet.name, applet)),
  named('true', trueProgram),
  named('false', falseProgram),
  named('test', testProgram),
  named('[', testProgram),
  named('gawk', awk),
  named('mawk', awk),
]);
