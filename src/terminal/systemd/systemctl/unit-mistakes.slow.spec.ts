/** Units as learners write them: what systemctl answers and what the journal says. Texts: systemd 255, src/core, src/shared. */
import { expect, test } from 'vitest';
import { LabScripts } from '../../testing/lab-script.spec-support.ts';

interface Row {
  readonly name: string;
  readonly unit: string;
  /** After `systemctl start x`; by default nothing. */
  readonly then?: string;
  readonly answers: readonly string[];
  readonly journal: readonly string[];
}

const ROWS: readonly Row[] = [
  {
    name: 'a directory that is not there',
    unit: '[Service]\\nWorkingDirectory=/nowhere\\nExecStart=/bin/sleep 9',
    then: 'sleep 1; systemctl is-failed x',
    answers: ['failed'],
    journal: [
      'systemd: Started x.service.',
      '(sleep): x.service: Changing to the requested working directory failed: No such file or directory',
      '(sleep): x.service: Failed at step CHDIR spawning /bin/sleep: No such file or directory',
      'systemd: x.service: Main process exited, code=exited, status=200/CHDIR',
      "systemd: x.service: Failed with result 'exit-code'.",
    ],
  },
  {
    name: 'a file of variables that is not there',
    unit: '[Service]\\nEnvironmentFile=/etc/default/none\\nExecStart=/bin/sleep 9',
    answers: [
      'Job for x.service failed because of unavailable resources or another system error.',
      'See "systemctl status x.service" and "journalctl -xeu x.service" for details.',
    ],
    journal: [
      'systemd: x.service: Failed to load environment files: No such file or directory',
      "systemd: x.service: Failed to spawn 'start' task: No such file or directory",
      "systemd: x.service: Failed with result 'resources'.",
      'systemd: Failed to start x.service.',
    ],
  },
  {
    name: 'a service that never says that it is up',
    unit: '[Service]\\nType=notify\\nTimeoutStartSec=3\\nExecStart=/bin/sleep 1000',
    answers: [
      'Job for x.service failed because a timeout was exceeded.',
      'See "systemctl status x.service" and "journalctl -xeu x.service" for details.',
    ],
    journal: [
      'systemd: Starting x.service...',
      'systemd: x.service: start operation timed out. Terminating.',
      "systemd: x.service: Failed with result 'timeout'.",
      'systemd: Failed to start x.service.',
    ],
  },
  {
    name: 'a daemon that never writes its PID file',
    unit: '[Service]\\nType=forking\\nPIDFile=/run/x.pid\\nExecStart=/bin/true',
    answers: [
      'Job for x.service failed because the service did not take the steps required by its unit configuration.',
      'See "systemctl status x.service" and "journalctl -xeu x.service" for details.',
    ],
    journal: [
      'systemd: Starting x.service...',
      "systemd: x.service: Can't open PID file /run/x.pid (yet?) after start: No such file or directory",
      'systemd: x.service: Daemon never wrote its PID file. Failing.',
      "systemd: x.service: Failed with result 'protocol'.",
      'systemd: Failed to start x.service.',
    ],
  },
  {
    name: 'a forking service whose main process is killed comes again',
    unit: "[Service]\\nType=forking\\nPIDFile=/run/x.pid\\nRestart=on-failure\\nExecStart=/bin/sh -c 'sleep 1000 & echo $! > /run/x.pid'",
    then: 'kill -9 $(cat /run/x.pid); sleep 1; systemctl is-active x',
    answers: ['active'],
    journal: [
      'systemd: Starting x.service...',
      'systemd: Started x.service.',
      'systemd: x.service: Main process exited, code=killed, status=9/KILL',
      "systemd: x.service: Failed with result 'signal'.",
      'systemd: x.service: Scheduled restart job, restart counter is at 1.',
      'systemd: Starting x.service...',
      'systemd: Started x.service.',
    ],
  },
  {
    name: 'a command that fails before, and one that runs after all',
    unit: '[Service]\\nExecStartPre=/bin/false\\nExecStart=/bin/sleep 9\\nExecStopPost=/bin/echo over',
    answers: [
      'Job for x.service failed because the control process exited with error code.',
      'See "systemctl status x.service" and "journalctl -xeu x.service" for details.',
    ],
    journal: [
      'systemd: Starting x.service...',
      'systemd: x.service: Control process exited, code=exited, status=1/FAILURE',
      'echo: over',
      "systemd: x.service: Failed with result 'exit-code'.",
      'systemd: Failed to start x.service.',
    ],
  },
  {
    name: 'SIGTERM that is not heard',
    unit: `[Service]\\nTimeoutStopSec=5\\nExecStart=/bin/bash -c 'trap "" TERM; while :; do :; done'`,
    then: 'sleep 1; systemctl stop x; echo $?; systemctl is-active x',
    answers: ['0', 'failed'],
    journal: [
      'systemd: Started x.service.',
      'systemd: Stopping x.service...',
      "systemd: x.service: State 'stop-sigterm' timed out. Killing.",
      'systemd: x.service: Killing process P (bash) with signal SIGKILL.',
      'systemd: x.service: Main process exited, code=killed, status=9/KILL',
      "systemd: x.service: Failed with result 'timeout'.",
      'systemd: Stopped x.service.',
    ],
  },
  {
    name: 'started too often',
    unit: '[Unit]\\nStartLimitBurst=1\\n[Service]\\nExecStart=/bin/sleep 9',
    then: 'systemctl restart x',
    answers: [
      'Job for x.service failed because start of the service was attempted too often.',
      'See "systemctl status x.service" and "journalctl -xeu x.service" for details.',
      'To force a start use "systemctl reset-failed x.service"',
      'followed by "systemctl start x.service" again.',
    ],
    journal: [
      'systemd: Started x.service.',
      'systemd: Stopping x.service...',
      'systemd: x.service: Deactivated successfully.',
      'systemd: Stopped x.service.',
      'systemd: x.service: Start request repeated too quickly.',
      "systemd: x.service: Failed with result 'start-limit-hit'.",
      'systemd: Failed to start x.service.',
    ],
  },
  {
    name: 'a status that forbids the restart',
    unit: "[Service]\\nRestart=always\\nRestartPreventExitStatus=75\\nExecStart=/bin/sh -c 'exit 75'",
    then: 'sleep 1; systemctl is-failed x',
    answers: ['failed'],
    journal: [
      'systemd: Started x.service.',
      'systemd: x.service: Main process exited, code=exited, status=75/TEMPFAIL',
      "systemd: x.service: Failed with result 'exit-code'.",
    ],
  },
  {
    name: 'limits, a group, a directory and a file for the output',
    unit: "[Service]\\nType=oneshot\\nUser=www-data\\nGroup=daemon\\nLimitNOFILE=123\\nWorkingDirectory=/tmp\\nStandardOutput=append:/tmp/x.log\\nExecStart=/bin/sh -c 'ulimit -n; id; pwd; echo $HOME'",
    then: 'cat /tmp/x.log',
    answers: ['123', 'uid=33(www-data) gid=1(daemon) groups=1(daemon)', '/tmp', '/var/www'],
    journal: [
      'systemd: Starting x.service...',
      'systemd: x.service: Deactivated successfully.',
      'systemd: Finished x.service.',
    ],
  },
  {
    name: 'misspelled settings',
    unit: '[Unit]\\nDescription=X\\n[Service]\\nExecStrat=/bin/true\\nRestart=alway\\nExecStart=/bin/sleep 9\\n[Instal]\\nWantedBy=a',
    answers: [],
    journal: [
      "systemd: /etc/systemd/system/x.service:4: Unknown key 'ExecStrat' in section [Service], ignoring.",
      'systemd: /etc/systemd/system/x.service:5: Failed to parse service restart specifier, ignoring: alway',
      "systemd: /etc/systemd/system/x.service:7: Unknown section 'Instal'. Ignoring.",
      'systemd: Started x.service - X.',
    ],
  },
  {
    name: 'a command that is no path',
    unit: '[Service]\\nExecStart=./run.sh',
    answers: [
      'Failed to start x.service: Unit x.service has a bad unit file setting.',
      "See system logs and 'systemctl status x.service' for details.",
    ],
    journal: [
      'systemd: /etc/systemd/system/x.service:2: Neither a valid executable name nor an absolute path: ./run.sh',
      'systemd: x.service: Unit configuration has fatal error, unit will not be started.',
    ],
  },
];

test.for(ROWS)('$name', async ({ unit, then = ':', answers, journal }) => {
  const lab = await LabScripts.open('docker-1');
  const { stdout } = await lab.run(`
    printf '%b\\n' ${quoted(unit)} > /etc/systemd/system/x.service
    { systemctl start x; ${then}; } 2>&1
    echo ---
    journalctl -u x -o json | jq -r '"\\(.SYSLOG_IDENTIFIER): \\(.MESSAGE)"' | sed 's/process [0-9]* (/process P (/'`);
  const [said = '', logged = ''] = stdout.split('---\n');
  expect({ answers: linesOf(said), journal: linesOf(logged) }).toEqual({ answers, journal });
});

const quoted = (text: string): string => `'${text.replaceAll("'", `'"'"'`)}'`;
const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');
