/** The package cron on a host: its unit, the system's crontab and the directories of jobs. */
import { executableText } from '../../protocol/program.ts';
import type { FileTreeEntry } from '../machine/files/trees/file-tree.ts';

const file = (path: string, text: string): FileTreeEntry => ({ path, type: 'file', text });
const directory = (path: string): FileTreeEntry => ({ path, type: 'directory' });

/** Group of those who may write to the spool, as /etc/group has it. */
const CRONTAB_GID = 110;

const UNIT = `[Unit]
Description=Regular background program processing daemon
Documentation=man:cron(8)
After=remote-fs.target nss-user-lookup.target

[Service]
EnvironmentFile=-/etc/default/cron
ExecStart=/usr/sbin/cron -f -P $EXTRA_OPTS
KillMode=process
Restart=on-failure

[Install]
WantedBy=multi-user.target
`;

const SYSTEM_CRONTAB = `SHELL=/bin/sh
PATH=/usr/local/sbin:/usr/local/bin:/sbin:/bin:/usr/sbin:/usr/bin

# m h dom mon dow user	command
17 *	* * *	root	cd / && run-parts --report /etc/cron.hourly
25 6	* * *	root	test -x /usr/sbin/anacron || { cd / && run-parts --report /etc/cron.daily; }
47 6	* * 7	root	test -x /usr/sbin/anacron || { cd / && run-parts --report /etc/cron.weekly; }
52 6	1 * *	root	test -x /usr/sbin/anacron || { cd / && run-parts --report /etc/cron.monthly; }
`;

export const CRON_ENTRIES: readonly FileTreeEntry[] = [
  file('usr/lib/systemd/system/cron.service', UNIT),
  {
    path: 'etc/systemd/system/multi-user.target.wants/cron.service',
    type: 'symlink',
    target: '/usr/lib/systemd/system/cron.service',
  },
  file('etc/default/cron', '# READ_ENV="yes"\n# EXTRA_OPTS=""\n'),
  file('etc/crontab', SYSTEM_CRONTAB),
  ...['etc/cron.d', 'etc/cron.hourly', 'etc/cron.daily', 'etc/cron.weekly', 'etc/cron.monthly', 'var/spool/cron'].map(
    directory,
  ),
  { path: 'var/spool/cron/crontabs', type: 'directory', mode: 0o1730, gid: CRONTAB_GID },
  { path: 'usr/bin/crontab', type: 'file', text: executableText('crontab'), mode: 0o2755, gid: CRONTAB_GID },
];
