/** What OpenSSH's sshd said of configurations with mistakes (-t), and which settings it showed (-T). */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { expect, test } from 'vitest';
import { programs } from '../../program-table.ts';
import { runProgram } from '../../testing/run-program.spec-support.ts';

const ENV = { PATH: '/usr/bin:/bin', HOME: '/root' };

/** Runs a script beside a configuration `c` and a host key `hk`. */
async function withConfiguration(config: string, script: string): Promise<string> {
  const directory = mkdtempSync(path.join(tmpdir(), 'drydock-'));
  writeFileSync(path.join(directory, 'hk'), '');
  writeFileSync(path.join(directory, 'c'), config.replaceAll('KEY', path.join(directory, 'hk')));
  const { stdout, stderr, status } = await runProgram(programs, ['bash', '-c', script], { cwd: directory, env: ENV });
  rmSync(directory, { recursive: true });
  return `${stdout}${stderr}${String(status)}`.replaceAll('\r', '').replaceAll(directory, 'DIR');
}

const unsupported = (value: string): string => `c line 1: unsupported option "${value}".`;
const terminating = (problem: string): string => `${problem}\nc: terminating, 1 bad configuration options`;
const noArgument = (keyword: string): string => terminating(`c line 1: no argument after keyword "${keyword}"`);

const MISTAKES: readonly (readonly [line: string, said: string])[] = [
  ['Foo bar', terminating('c: line 1: Bad configuration option: Foo')],
  ['PermitRootLogin maybe', unsupported('maybe')],
  ['PasswordAuthentication ja', unsupported('ja')],
  ['Port', noArgument('Port')],
  ['Port abc', 'c line 1: Badly formatted port number.'],
  ['Port 22 23', terminating('c line 1: keyword Port extra arguments at end of line')],
  [
    'PasswordAuthentication yes no',
    terminating('c line 1: keyword PasswordAuthentication extra arguments at end of line'),
  ],
  ['MaxAuthTries x', 'c line 1: MaxAuthTries integer value invalid.'],
  ['X11DisplayOffset z', 'c line 1: X11DisplayOffset integer value invalid.'],
  ['MaxSessions -1', 'c line 1: MaxSessions integer value too small.'],
  ['LogLevel x', "c line 1: unsupported log level 'x'"],
  ['SyslogFacility x', "c line 1: unsupported log facility 'x'"],
  ['X11Forwarding vielleicht', unsupported('vielleicht')],
  ['AllowUsers', noArgument('AllowUsers')],
  ['StrictModes', noArgument('StrictModes')],
  ['Banner', noArgument('Banner')],
  ['UsePAM maybe', unsupported('maybe')],
  ['ClientAliveInterval zz', 'c line 1: invalid time value.'],
  ['LoginGraceTime x', 'c line 1: invalid time value.'],
  ['PermitTunnel x', 'c line 1: bad PermitTunnel argument x'],
  ['Subsystem', noArgument('Subsystem')],
  ['Subsystem a', 'c line 1: Missing subsystem command.'],
  ['Compression x', unsupported('x')],
  ['AddressFamily x', unsupported('x')],
  ['AllowTcpForwarding x', unsupported('x')],
  ['GatewayPorts x', unsupported('x')],
  ['MaxStartups 1:2', 'c line 1: Invalid MaxStartups spec.'],
  ['FingerprintHash x', 'c line 1: Invalid FingerprintHash algorithm "x".'],
  ['PrintMotd 1', unsupported('1')],
  ['IgnoreRhosts x', unsupported('x')],
  ['Match Foo bob', 'Unsupported Match attribute Foo\nc line 1: Bad Match condition'],
  ['Match User', 'Missing Match criteria for User\nc line 1: Bad Match condition'],
  ['Match', noArgument('Match')],
  ['Match !User bob', 'Unsupported Match attribute !User\nc line 1: Bad Match condition'],
  ['Match User bob\nPort 23', "c line 2: Directive 'Port' is not allowed within a Match block"],
  ['Match User bob all', "'all' cannot be combined with other Match attributes\nc line 1: Bad Match condition"],
  ['Match Address 10.0.0.1/8', "Invalid Match address argument '10.0.0.1/8' at line 1"],
  ['Match LocalPort x', "Invalid LocalPort 'x' on Match line\nc line 1: Bad Match condition"],
  [
    'Match User bob\nFoo x',
    "c: line 2: Bad configuration option: Foo\nc line 2: Directive 'Foo' is not allowed within a Match block",
  ],
  ['AcceptEnv a=b', 'c line 1: Invalid environment name.'],
  ['SetEnv x', 'c line 1: Invalid environment.'],
  ['PermitOpen x', 'c line 1: PermitOpen bad port number'],
  [
    'AuthenticationMethods foo',
    'Unknown authentication method "foo" in list\nc line 1: invalid AuthenticationMethods method list.',
  ],
  ['Ciphers x', "c line 1: Bad SSH2 cipher spec 'x'."],
  ['KexAlgorithms x', 'Unsupported KEX algorithm "x"\nc line 1: Bad SSH2 KexAlgorithms \'x\'.'],
  ['Subsystem sftp a\nSubsystem sftp b', "c line 2: Subsystem 'sftp' already defined."],
];

test.for(MISTAKES)('%s', async ([line, said]) => {
  expect(await withConfiguration(`${line}\nHostKey KEY\n`, 'sshd -t -f c')).toBe(`${said}\n255`);
});

test.for([
  'Include nofile',
  'PermitRootLogin Yes',
  'ClientAliveInterval 5m',
  'PermitUserEnvironment x',
  '# Port x',
  'Protocol 2',
  'Match all\nPrintMotd yes',
])('%s is taken', async (line) => {
  expect(await withConfiguration(`${line}\nHostKey KEY\n`, 'sshd -t -f c')).toBe('0');
});

test.for(['TrustedUserCAKeys /ca', 'UseDNS yes', 'MaxStartups 5', 'AuthenticationMethods hostbased', 'LogLevel DEBUG'])(
  '%s is refused by name',
  async (line) => {
    expect(await withConfiguration(`${line}\nHostKey KEY\n`, 'sshd -t -f c')).toBe(
      `drydock: c line 1: '${line}' is not simulated\n255`,
    );
  },
);

test('what sshd no longer knows is taken and said', async () => {
  expect(await withConfiguration('UsePrivilegeSeparation sandbox\nHostKey KEY\n', 'sshd -t -f c')).toBe(
    'c line 1: Deprecated option UsePrivilegeSeparation\n0',
  );
});

test('-T -C shows what Match blocks make of a connection', async () => {
  const config = `HostKey KEY
PasswordAuthentication yes
Match User bob Address 10.0.0.0/8
PasswordAuthentication no
X11Forwarding yes
Match Group wheel
AllowTcpForwarding no
`;
  const script = `for who in user=bob user=bob,addr=10.1.1.1,host=x user=root,addr=10.1.1.1 foo=1; do
    sshd -T -f c -C $who | grep -E 'passwordauth|x11forwarding|allowtcp'; done`;
  expect((await withConfiguration(config, script)).split('\n')).toEqual([
    ...['passwordauthentication yes', 'x11forwarding no', 'allowtcpforwarding yes'],
    ...['passwordauthentication no', 'x11forwarding yes', 'allowtcpforwarding yes'],
    ...['passwordauthentication yes', 'x11forwarding no', 'allowtcpforwarding yes'],
    'Invalid test mode specification foo=1',
    '1',
  ]);
});

test('a missing host key and a missing file', async () => {
  expect(await withConfiguration('HostKey /nono\n', 'sshd -t -f c')).toBe(
    'Unable to load host key: /nono\nsshd: no hostkeys available -- exiting.\n1',
  );
  expect(await withConfiguration('', 'sshd -t -f /nono')).toBe('/nono: No such file or directory\n255');
});

test('-T shows every setting', async () => {
  const config = `Port 22
AllowUsers a b
X11Forwarding yes
Subsystem sftp internal-sftp
ListenAddress 10.0.0.1
AcceptEnv LANG LC_*
KbdInteractiveAuthentication no
UsePAM yes
PrintMotd no
MaxStartups 10:30:100
LoginGraceTime 2m
Port 2022
HostKey KEY
`;
  const recorded = readFileSync(new URL('recorded/sshd-settings.txt', import.meta.url), 'utf8');
  // The recording is of 9.2 with a name of a key exchange that 9.6 does not have.
  const wanted = recorded.replace('sntrup761x25519-sha512,', '').replace(/^hostkey .*$/m, 'hostkey DIR/hk');
  expect(await withConfiguration(config, 'sshd -T -f c')).toBe(`${wanted}0`);
});
