/** Recorded: `systemd-analyze verify` of systemd 252 on the files below. */
import { expect, test } from 'vitest';
import { unitRemarks } from './systemd-unit-remarks.ts';

const remarks = (unit: string, text: string): readonly string[] =>
  unitRemarks(unit, text).map(({ line, text: why }) => `${String(line)}: ${why}`);

test('settings of every kind with a bad value', () => {
  const text = String.raw`orphan=1
[Unit]
Description=x
Requires=foo
Wants=a.service b.servicee
After=
Documentation=nourl
StartLimitBurst=abc
StartLimitIntervalSec=xyz
ConditionPathExists=relative
ConditionFoo=1
DefaultDependencies=maybe
[Service]
Foo=bar
justtext
Type=simpel
ExecStart=/bin/sleep 1000
Restart=sometimes
RestartSec=abc
TimeoutStartSec=five
LimitNOFILE=abc
LimitNPROC=-5
MemoryMax=lots
MemoryHigh=150%
CPUQuota=20
CPUQuota=abc%
CPUWeight=0
TasksMax=none
User=bad user
User=1bad
Group=-x
Environment=FOO
Environment="A B=c"
EnvironmentFile=rel/x
KillMode=all
KillSignal=FOO
Nice=99
OOMScoreAdjust=5000
RemainAfterExit=perhaps
PIDFile=x.pid
StandardOutput=weird
UMask=999
SuccessExitStatus=300 FOO
RestartPreventExitStatus=abc
PrivateTmp=ja
Environment=
[Wrong]
a=b
[Install]
WantedBy=foo
Alias=other.timer
Nope=1`;
  expect(remarks('x.service', text)).toEqual([
    '1: Assignment outside of section. Ignoring.',
    '4: Failed to add dependency on foo, ignoring: Invalid argument',
    '5: Failed to add dependency on b.servicee, ignoring: Invalid argument',
    '7: Invalid URL, ignoring: nourl',
    '8: Failed to parse unsigned value, ignoring: abc',
    '9: Failed to parse sec value, ignoring: xyz',
    '10: ConditionPathExists= path is not absolute, ignoring: relative',
    "11: Unknown key 'ConditionFoo' in section [Unit], ignoring.",
    '12: Failed to parse boolean value, ignoring: maybe',
    "14: Unknown key 'Foo' in section [Service], ignoring.",
    "15: Missing '=', ignoring line.",
    '16: Failed to parse service type, ignoring: simpel',
    '18: Failed to parse service restart specifier, ignoring: sometimes',
    '19: Failed to parse sec value, ignoring: abc',
    '20: Failed to parse TimeoutStartSec= parameter, ignoring: five',
    '21: Failed to parse resource value, ignoring: abc',
    '22: Failed to parse resource value, ignoring: -5',
    "23: Invalid memory limit 'lots', ignoring: Invalid argument",
    "24: Invalid memory limit '150%', ignoring: Invalid argument",
    "25: Invalid CPU quota '20', ignoring.",
    "26: Invalid CPU quota 'abc%', ignoring.",
    '27: Invalid CPU weight, ignoring: 0',
    "28: Invalid maximum tasks value 'none', ignoring: Invalid argument",
    '32: Invalid environment assignment, ignoring: FOO',
    '33: Invalid environment assignment, ignoring: A B=c',
    '34: EnvironmentFile= path is not absolute, ignoring: rel/x',
    '35: Failed to parse kill mode specification, ignoring: all',
    '36: Failed to parse signal name, ignoring: FOO',
    '37: Nice priority out of range, ignoring: 99',
    '38: OOM score adjust value out of range, ignoring: 5000',
    '39: Failed to parse boolean value, ignoring: perhaps',
    '41: Failed to parse output specifier, ignoring: weird',
    '42: Failed to parse mode value, ignoring: 999',
    '43: Failed to parse value, ignoring: 300',
    '43: Failed to parse value, ignoring: FOO',
    '44: Failed to parse value, ignoring: abc',
    '45: Failed to parse boolean value, ignoring: ja',
    "47: Unknown section 'Wrong'. Ignoring.",
    "52: Unknown key 'Nope' in section [Install], ignoring.",
  ]);
});

test('blanks, continued lines, sections of others and one that is not closed', () => {
  const text = String.raw`[Unit]
After=x
[Service]
TimeoutStopSec=abc
TimeoutSec=abc
TimeoutAbortSec=q
=x
ExecStart=/bin/true
RestartForceExitStatus=TEMPFAIL SIGFOO
StandardError=journalx
ExecStartPre=
WorkingDirectory=~
EnvironmentFile=-rel
CPUQuota=0%
LimitCORE=1G
LimitNOFILE=10:5
Restart=On-Failure
RemainAfterExit=yess
X-Foo=bar
 Nice = 5 
Environment='A=b' C
ExecReload=/bin/kill -HUP $MAINPID \
  and more
Foo=1
[X-My]
a=b
[Service
Nice=1`;
  expect(remarks('x.service', text)).toEqual([
    '2: Failed to add dependency on x, ignoring: Invalid argument',
    '4: Failed to parse time value, ignoring: abc',
    '5: Failed to parse TimeoutSec= parameter, ignoring: abc',
    '6: Failed to parse TimeoutAbortSec= setting, ignoring: q',
    "7: Missing key name before '=', ignoring line.",
    '9: Failed to parse value, ignoring: SIGFOO',
    '10: Failed to parse output specifier, ignoring: journalx',
    '13: EnvironmentFile= path is not absolute, ignoring: rel',
    "14: Invalid CPU quota '0%', ignoring.",
    '16: Soft resource limit chosen higher than hard limit, ignoring: 10:5',
    '17: Failed to parse service restart specifier, ignoring: On-Failure',
    '18: Failed to parse boolean value, ignoring: yess',
    '21: Invalid environment assignment, ignoring: C',
    "24: Unknown key 'Foo' in section [Service], ignoring.",
    "27: Invalid section header '[Service'",
  ]);
});

test('a quote that is not closed is fatal', () => {
  const text = String.raw`[Service]
ExecStart=/bin/sh -c "echo hi`;
  expect(remarks('x.service', text)).toEqual(['2: Unbalanced quoting, ignoring: "/bin/sh -c "echo hi"']);
});

test('a path that is neither a name nor absolute is fatal', () => {
  const text = String.raw`[Service]
ExecStart=./x -x
Foo=1`;
  expect(remarks('x.service', text)).toEqual(['2: Neither a valid executable name nor an absolute path: ./x']);
});
