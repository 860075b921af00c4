/**
 * The columns that ps knows (procps 4.0 ps/output.c): their titles, widths and sides, and what stands in them.
 * A column that Linux has no value for shows a dash, as the real one does.
 */
import { PS_VALUES, type PsValue } from './ps-values.ts';

/** On which side of its width a cell stands; `text` is filler of an AIX format. */
export type Side = 'right' | 'left' | 'user' | 'unlimited' | 'signal' | 'wchan' | 'text';

export interface Column {
  readonly name: string;
  readonly title: string;
  readonly width: number;
  readonly side: Side;
  /** Whose rows have it where a process and its threads have rows of their own (m). */
  readonly rows: 'process' | 'thread' | 'both';
  /** As wide as the largest process number. */
  readonly isPid: boolean;
  /** A dash where there is none. */
  readonly value: PsValue | undefined;
  /** The name by which PS_VALUES has it. */
  readonly key: string;
}

const SIDES: Readonly<Record<string, Side>> = {
  r: 'right',
  l: 'left',
  u: 'user',
  x: 'unlimited',
  s: 'signal',
  w: 'wchan',
  p: 'right',
};
const ROWS = { P: 'process', T: 'thread', E: 'both' } as const;

/** Title, width, side (`p`: a process number), rows, and names; a name has another's value after `=`. */
const TABLE = `
%CPU 4 r E %cpu=pcpu pcpu
%MEM 4 r P %mem=pmem pmem
LLLLLLLL 8 l E _left
L2L2L2L2 8 l E _left2
RRRRRRRRRRR 11 r E _right
R2R2R2R2R2R 11 r E _right2
U 16 x E _unlimited
U2 16 x E _unlimited2
AGID 5 r E ag_id
AGNI 4 r E ag_nice
PSS 5 r P pss
USS 5 r P uss
RBYTES 5 r T rbytes
RCHARS 5 r T rchars
ROPS 5 r T rops
WBYTES 5 r T wbytes
WCBYTES 5 r T wcbytes
WCHARS 5 r T wchars
WOPS 5 r T wops
ACFLG 5 r E acflag acflg
ADDR 4 r E addr
ADDR 1 l E addr_1
ALARM 5 r E alarm
ARGC 4 r P argc
COMMAND 27 x P args command=args
CMD 27 x P cmd=args
TIME 8 r E atime=time cputime=time time
TIME 8 r E cputimes=times times
BLOCKED 9 s T blocked sig_block=blocked sigmask=blocked
BND 1 r T bnd
START 6 r E bsdstart
TIME 6 r E bsdtime
C 2 r E c util=c
CAUGHT 9 s T caught sigcatch=caught
CATCHED 9 s T sig_catch=caught
CGNAME 27 x P cgname
CGROUP 27 x P cgroup
CLS 3 l T class
CLS 3 r T cls=class
POL 3 l T policy=class
- 1 r E cmaj_flt cmin_flt cnswap cutime poip
- 1 r P share
COMMAND 15 x P comm ucomm=comm
CMD 15 x P ucmd=comm
COMMAND 8 l P fname
CONTEXT 31 l E context=label
LABEL 31 l E label
ZONE 31 l E zone=label
CP 3 r E cp
CPU 3 r E cpu
CPUID 5 r T cpuid=psr
C 3 r T lastcpu=psr
PSR 3 r T psr
CTID 5 r E ctid
%CUC 7 r E cuc
%CUU 6 r E cuu
CURSIG 6 r E cursig
CWD 3 l E cwd
DRS 5 r P drs m_drs=drs
DSIZ 4 r P dsiz=drs
EGID 5 r E egid
EGROUP 8 u E egroup
EIP 16 r T eip=register
ESP 16 r T esp=register
EMUL 13 l P emul
E_CODE 16 r P end_code
S_CODE 16 r P start_code
ELAPSED 11 r E etime
ELAPSED 7 r E etimes
EUID 5 r E euid
EUSER 8 u E euser
EXE 27 x P exe
F 1 r E f=flag flag flags=flag
FGID 5 r E fgid
FGROUP 8 u E fgroup
FSGID 5 r E fsgid=fgid
FSGROUP 8 u E fsgroup=fgroup
FSUID 5 r E fsuid=fuid
FSUSER 8 u E fsuser=fuser
FUID 5 r E fuid
FUSER 8 u E fuser
GID 5 r E gid=egid
GROUP 8 u E group=egroup
IGNORED 9 s T ignored sig_ignore=ignored sigignore=ignored
INBLK 5 r E inblk inblock
PRI 3 r T intpri=opri opri
JID 1 r P jid
JOBC 4 r E jobc
KTRACE 8 r E ktrace
KTRACEP 8 r E ktracep
LIM 5 r E lim
LOGNAME 8 l E login logname
TTY 8 l P longtname=tty tname=tty tty8=tty
TT 8 l P tt=tty tty
TTY 4 l P tty4
SESSION 11 l E lsession
STARTED 24 r E lstart
LUID 5 r E luid
LUSER 8 u E luser
LWP 5 p T lwp=pid
SPID 5 p T spid=pid
TID 5 p T tid=pid
LXC 8 l E lxc
DT 4 r P m_dt
LRS 5 r P m_lrs
RES 5 r P m_resident resident
SHRD 5 r P m_share
SIZE 5 r P m_size
SWAP 5 r P m_swap
TRS 5 r P m_trs=trs
TRS 4 r P trs
TRSS 4 r P trss=trs
TSIZ 4 r P tsiz=trs
MACHINE 31 l E machine
MAJFL 6 r E maj_flt=majflt
MAJFLT 6 r E majflt
MINFL 6 r E min_flt=minflt
MINFLT 6 r E minflt
PAGEIN 6 r E pagein=majflt
MSGRCV 6 r E msgrcv
MSGSND 6 r E msgsnd
MWCHAN 6 w T mwchan
NI 3 r T ni=nice nice
IVCSW 5 r E nivcsw
VCSW 5 r E nvcsw
NLWP 4 r P nlwp
THCNT 5 r P thcount=nlwp
NSIGS 5 r E nsignals nsigs
NSWAP 5 r E nswap
NUMA 4 r E numa
WCHAN 6 r T nwchan
OOM 4 r T oom
OOMADJ 5 r T oomadj
SZ 2 r P osz
OUBLK 5 r E oublk oublock
OWNER 5 l E ouid
P_RU 6 r E p_ru
PADDR 6 r E paddr
PENDING 9 s E pending sig=pending
SIGNAL 9 s E sig_pend=pending
PENDING 9 s E tsig
PGID 5 p P pgid
PGRP 5 p P pgrp=pgid
PID 5 p P pid
TGID 5 p P tgid=pid
PPID 5 p P ppid
PRI 3 r T pri
API 3 r T pri_api
BAR 3 r T pri_bar
BAZ 3 r T pri_baz
FOO 3 r T pri_foo
PRI 3 r T priority
PRMGRP 12 r P prmgrp
PRMID 12 r P prmid
PROJECT 12 l P project
PROJID 5 r P projid
PSET 4 r T pset
PPR 3 r T psxpri
RE 3 r E re
RGID 5 r E rgid
RGROUP 8 u E rgroup
RLINK 8 r E rlink
RSS 5 r P rss rssize=rss
RSZ 5 r P rsz=rss
RTPRIO 6 r T rtprio
RUID 5 r E ruid
RUSER 8 u E ruser
S 1 l T s state=s
SCH 3 r T sched
SCNT 4 r E scnt
SC 4 r E scount
SEAT 11 l E seat
SESS 5 p P sess=session session
SID 5 p P sid=session
P 1 r T sgi_p
RSS 4 l P sgi_rss=rss
SGID 5 r E sgid
SGROUP 8 u E sgroup
SIZE 5 r P size=swapable
SL 3 r E sl
SLICE 31 l E slice
STACKP 16 r P stackp start_stack=stackp
STARTED 8 r E start
START 5 r E start_time=stime
STIME 5 r E stime
STAT 4 l T stat
STATUS 6 r E status
SUID 5 r E suid
SUPGID 20 x P supgid
SUPGRP 40 x P supgrp
SUSER 8 u E suser
SVGID 5 r E svgid=sgid
SVGROUP 8 u E svgroup=sgroup
SVUID 5 r E svuid=suid
SVUSER 8 u E svuser=suser
SYSTEM 6 r E systime
SZ 5 r P sz
TASKID 5 p T taskid
TDEV 4 r E tdev
TMOUT 5 r E timeout tmout
TPGID 5 p P tpgid
TSESS 5 p P tsess tsession
TSID 5 p P tsid
UPROCP 6 r E u_procp
UPROCP 8 r E uprocp
UID 5 r E uid=euid
UID 8 u E uid_hack=euser
UMASK 5 r E umask
USER 8 u E uname=euser user=euser
UNIT 31 l E unit
UPR 3 r E upr usrpri
USER 4 r E usertime
UTIME 6 r E utime=none
UUNIT 31 l E uunit
DATA 5 r P vm_data
EXE 5 r P vm_exe
LIB 5 r P vm_lib
LCK 3 r P vm_lock
STACK 5 r P vm_stack
VSZ 6 r P vsize=vsz vsz
WCHAN 6 w T wchan wname=wchan
XSTAT 5 r E xstat
ZONEID 31 r E zoneid
CGROUPNS 10 r E cgroupns
IPCNS 10 r E ipcns
MNTNS 10 r E mntns
NETNS 10 r E netns
PIDNS 10 r E pidns
TIMENS 10 r E timens
USERNS 10 r E userns
UTSNS 10 r E utsns
`;

export const PS_COLUMNS: ReadonlyMap<string, Column> = new Map(
  TABLE.trim()
    .split('\n')
    .flatMap((row) => {
      const [title = '', width = '', side = '', rows = '', ...names] = row.split(' ');
      return names.map((given): [string, Column] => {
        const [name = '', key = name] = given.split('=');
        return [
          name,
          {
            name,
            title,
            width: Number(width),
            side: SIDES[side] ?? 'right',
            rows: ROWS[rows as keyof typeof ROWS],
            isPid: side === 'p',
            value: PS_VALUES[key],
            key,
          },
        ];
      });
    }),
);

/** What the machine does not count, where the real one has a number, and columns that are there to test the real one. */
export const ABSENT_COLUMNS: ReadonlySet<string> = new Set(
  '_left _left2 _right _right2 _unlimited _unlimited2 ag_id ag_nice pss uss rbytes rchars rops wbytes wcbytes wchars wops'.split(
    ' ',
  ),
);

/** Formats by name, for -o and for the letters that stand for them. */
export const MACROS: Readonly<Record<string, string>> = {
  DFMT: 'pid,tname,state,cputime,cmd',
  DefBSD: 'pid,tname,stat,bsdtime,args',
  DefSysV: 'pid,tname,time,cmd',
  END_BSD: 'state,tname,cputime,comm',
  END_SYS5: 'state,tname,time,command',
  F5FMT: 'uname,pid,ppid,c,start,tname,time,cmd',
  FB_: 'pid,tt,stat,time,command',
  FB_j: 'user,pid,ppid,pgid,sess,jobc,stat,tt,time,command',
  FB_l: 'uid,pid,ppid,cpu,pri,nice,vsz,rss,wchan,stat,tt,time,command',
  FB_u: 'user,pid,pcpu,pmem,vsz,rss,tt,stat,start,time,command',
  FB_v: 'pid,stat,time,sl,re,pagein,vsz,rss,lim,tsiz,pcpu,pmem,command',
  FLASK_context: 'pid,context,command',
  J390: 'pid,sid,pgrp,tname,atime,args',
  JFMT: 'user,pid,ppid,pgid,sess,jobc,state,tname,cputime,command',
  L5FMT: 'f,state,uid,pid,ppid,c,pri,nice,addr,sz,wchan,tt,time,ucmd',
  LFMT: 'uid,pid,ppid,cp,pri,nice,vsz,rss,wchan,state,tname,cputime,command',
  OL_X: 'pid,start_stack,esp,eip,timeout,alarm,stat,tname,bsdtime,args',
  OL_j: 'ppid,pid,pgid,sid,tname,tpgid,stat,uid,bsdtime,args',
  OL_l: 'flags,uid,pid,ppid,priority,nice,vsz,rss,wchan,stat,tname,bsdtime,args',
  OL_m: 'pid,tname,majflt,minflt,m_trs,m_drs,m_size,m_swap,rss,m_share,vm_lib,m_dt,args',
  OL_s: 'uid,pid,pending,sig_block,sig_ignore,caught,stat,tname,bsdtime,args',
  OL_u: 'user,pid,pcpu,pmem,vsz,rss,tname,stat,start_time,bsdtime,args',
  OL_v: 'pid,tname,stat,bsdtime,maj_flt,m_trs,m_drs,rss,pmem,args',
  RUSAGE: 'minflt,majflt,nswap,inblock,oublock,msgsnd,msgrcv,nsigs,nvcsw,nivcsw',
  SCHED: 'user,pcpu,pri,usrpri,nice,psxpri,psr,policy,pset',
  SFMT: 'uid,pid,cursig,sig,sigmask,sigignore,sigcatch,stat,tname,command',
  THREAD: 'user,pcpu,pri,scnt,wchan,usertime,systime',
  UFMT: 'uname,pid,pcpu,pmem,vsz,rss,tt,state,start,time,command',
  VFMT: 'pid,tt,state,time,sl,pagein,vsz,rss,pcpu,pmem,command',
};

/** What a percent sign and a letter stand for in an AIX format. */
export const AIX_LETTERS: Readonly<Record<string, readonly [column: string, title: string]>> = {
  C: ['pcpu', '%CPU'],
  G: ['group', 'GROUP'],
  P: ['ppid', 'PPID'],
  U: ['user', 'USER'],
  a: ['args', 'COMMAND'],
  c: ['comm', 'COMMAND'],
  g: ['rgroup', 'RGROUP'],
  n: ['nice', 'NI'],
  p: ['pid', 'PID'],
  r: ['pgid', 'PGID'],
  t: ['etime', 'ELAPSED'],
  u: ['ruser', 'RUSER'],
  x: ['time', 'TIME'],
  y: ['tty', 'TTY'],
  z: ['vsz', 'VSZ'],
};

/** Letters of `O` that sort. */
export const SHORT_SORTS: Readonly<Record<string, string>> = {
  C: 'pcpu',
  G: 'tpgid',
  M: 'maj_flt',
  N: 'cmaj_flt',
  P: 'ppid',
  R: 'resident',
  S: 'share',
  T: 'start_time',
  U: 'uid',
  c: 'cmd',
  f: 'flags',
  g: 'pgrp',
  j: 'cutime',
  k: 'utime',
  m: 'min_flt',
  n: 'cmin_flt',
  o: 'session',
  p: 'pid',
  r: 'rss',
  s: 'size',
  t: 'tty',
  u: 'user',
  v: 'vsize',
  y: 'priority',
};
