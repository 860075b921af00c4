/** Packages in containers of Rocky Linux and CentOS, as somebody who begins one asks for them. */
import { expect, test } from 'vitest';
import { LabTerminal } from '../../testing/lab-terminal.spec-support.ts';

const TREE = 'tree-1.8.0-10.el9.x86_64';
const TREE_URL = `https://dl.rockylinux.org/pub/rocky/9/BaseOS/x86_64/os/Packages/t/${TREE}.rpm`;
const TREE_WARNING = `warning: ${TREE}.rpm: Header V4 RSA/SHA256 Signature, key ID 350d275d: NOKEY`;
const TREE_THERE = `\tpackage ${TREE} is already installed`;

test('rpm asks the database of Rocky Linux', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  await lab.runPiped('docker run -d --name rocky rockylinux:9 sleep 1d', 60);
  const ROWS: readonly (readonly [command: string, lines: readonly string[]])[] = [
    ['rpm -q bash nosuch; echo $?', ['bash-5.1.8-6.el9_1.x86_64', 'package nosuch is not installed', '1']],
    [
      'rpm -qf /bin/bash /etc/hosts /nosuch; echo $?',
      [
        'bash-5.1.8-6.el9_1.x86_64',
        'file /etc/hosts is not owned by any package',
        'error: file /nosuch: No such file or directory',
        '2',
      ],
    ],
    ['rpm -qa | wc -l', ['141']],
    ['rpm -qa --qf "%-10{NAME}|%{ARCH}\\n" bash', ['bash      |x86_64']],
    ['rpm -q --whatrequires dnf', ['yum-4.14.0-8.el9.noarch']],
    ['rpm -q --whatprovides zz', ['no package provides zz']],
    ['rpm -qc dnf-data', ['/etc/dnf/dnf.conf']],
    [
      'rpm -e dnf; echo $?',
      ['error: Failed dependencies:', '\tdnf is needed by (installed) yum-4.14.0-8.el9.noarch', '1'],
    ],
    ['echo x >> /etc/dnf/dnf.conf; rpm -V dnf-data; echo $?', ['S.5....T.  c /etc/dnf/dnf.conf', '1']],
    ['rpm -i nosuch.rpm; echo $?', ['error: open of nosuch.rpm failed: No such file or directory', '1']],
    ['rpm -q', ['rpm: no arguments given for query']],
    ['rpm --nosuch', ['rpm: --nosuch: unknown option']],
    ['rpm -qa -f x', ['rpm: one type of query/verify may be performed at a time']],
    ['rpm -q --quiet bash nosuch; echo $?', ['1']],
    ...['-q --scripts', '-q --triggers', '-q --conflicts', '-q --obsoletes', '-q --suggests', '-q -d'].map(
      (words) => [`rpm ${words} bash`, [`drydock: 'rpm ${words.slice(3)}' is not simulated`]] as const,
    ),
    ...['--noscripts', '--nodigest', '--replacefiles', '--quiet'].map(
      (option) => [`rpm -U ${option} x.rpm`, [`drydock: 'rpm ${option}' is not simulated`]] as const,
    ),
    [`cd /tmp; curl -sO ${TREE_URL}; stat -c %s tree-*; rpm -qp tree-*`, ['57344', TREE_WARNING, TREE]],
    [
      'cd /tmp; rpm -qp --nosignature tree-*; rpm -i --nosignature tree-*; rpm -U tree-*',
      [TREE, TREE_WARNING, TREE_THERE],
    ],
    ['rpm -K x', ["drydock: 'rpm -K' is not simulated"]],
    [
      'ps; ip a; which ls',
      [
        'bash: line 1: ps: command not found',
        'bash: line 1: ip: command not found',
        'bash: line 1: which: command not found',
      ],
    ],
  ];
  for (const [command, lines] of ROWS)
    expect([command, await lab.runPiped(`docker exec rocky bash -c '${command}'`, 10)]).toEqual([command, lines]);
});

test('dnf installs what is needed with it, and takes it away again', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  await lab.runPiped('docker run -d --name rocky rockylinux:9 sleep 1d', 60);
  const dnf = async (words: string): Promise<readonly string[]> =>
    await lab.runPiped(`docker exec rocky dnf ${words}`, 30);
  const installed = await dnf('install -y jq');
  // The packages, all of them, and the file of the key.
  expect(installed.flatMap((line) => /\| +(\d\S* +\w+)/.exec(line)?.[1] ?? []).slice(3)).toEqual([
    '186 kB',
    '217 kB',
    '403 kB',
    '94  B',
  ]);
  expect(installed.slice(3).filter((line) => !line.includes('B/s |'))).toEqual(INSTALLED);
  expect(await lab.runPiped("docker exec rocky sh -c 'echo [1] | jq -c .; rpm -q jq oniguruma'", 10)).toEqual([
    '[1]',
    'jq-1.6-15.el9.x86_64',
    'oniguruma-6.9.6-1.el9.5.x86_64',
  ]);
  expect((await dnf('remove -y jq')).slice(-5)).toEqual([
    '',
    'Removed:',
    '  jq-1.6-15.el9.x86_64              oniguruma-6.9.6-1.el9.5.x86_64             ',
    '',
    'Complete!',
  ]);
  expect(await dnf('-q check-update tzdata')).toEqual([
    '',
    'tzdata.noarch                         2024a-1.el9                         baseos',
  ]);
  expect(await dnf('-q install nosuch')).toEqual([
    'No match for argument: nosuch',
    'Error: Unable to find a match: nosuch',
  ]);
  expect(await dnf('-q install --assumeno tree')).toContain('Operation aborted.');
  expect(await dnf('frob')).toEqual([
    'No such command: frob. Please use /usr/bin/dnf --help',
    `It could be a DNF plugin command, try: "dnf install 'dnf-command(frob)'"`,
  ]);
  expect(await dnf('history')).toEqual(["drydock: 'dnf history' is not simulated"]);
});

const INSTALLED = [
  'Dependencies resolved.',
  '================================================================================',
  ' Package           Architecture   Version               Repository         Size',
  '================================================================================',
  'Installing:',
  ' jq                x86_64         1.6-15.el9            appstream         186 k',
  'Installing dependencies:',
  ' oniguruma         x86_64         6.9.6-1.el9.5         baseos            217 k',
  '',
  'Transaction Summary',
  '================================================================================',
  'Install  2 Packages',
  '',
  'Total download size: 403 k',
  'Installed size: 1.1 M',
  'Downloading Packages:',
  '--------------------------------------------------------------------------------',
  'Importing GPG key 0x350D275D:',
  ' Userid     : "Rocky Enterprise Software Foundation - Release key 2022 <releng@rockylinux.org>"',
  ' Fingerprint: 21CB 256A E16F C54C 6E65 2949 702D 426D 350D 275D',
  ' From       : /etc/pki/rpm-gpg/RPM-GPG-KEY-Rocky-9',
  'Key imported successfully',
  'Running transaction check',
  'Transaction check succeeded.',
  'Running transaction test',
  'Transaction test succeeded.',
  'Running transaction',
  '  Preparing        :                                                        1/1 ',
  '  Installing       : oniguruma-6.9.6-1.el9.5.x86_64                         1/2 ',
  '  Installing       : jq-1.6-15.el9.x86_64                                   2/2 ',
  '  Verifying        : jq-1.6-15.el9.x86_64                                   1/2 ',
  '  Verifying        : oniguruma-6.9.6-1.el9.5.x86_64                         2/2 ',
  '',
  'Installed:',
  '  jq-1.6-15.el9.x86_64              oniguruma-6.9.6-1.el9.5.x86_64             ',
  '',
  'Complete!',
];

test('what is not modelled is named', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  await lab.runPiped('docker run -d --name rocky rockylinux:9 sleep 1d', 60);
  const ROWS: readonly (readonly [words: string, lines: readonly string[]])[] = [
    ...['httpd', 'nginx', 'curl', 'gcc', 'dnf-plugins-core'].map(
      (name) => [`-q install -y ${name}`, [`drydock: package '${name}' is not simulated`]] as const,
    ),
    ...['list', 'info', 'provides'].map(
      (verb) => [`-q ${verb} httpd`, ["drydock: package 'httpd' is not simulated"]] as const,
    ),
    ...['--nobest', '--allowerasing', '--color=never', '-4', '-6', '--downloadonly'].map(
      (option) =>
        [`${option} install -y tree`, [`drydock: 'dnf ${option.split('=')[0] ?? ''}' is not simulated`]] as const,
    ),
    ...(
      'alias check deplist distro-sync downgrade group groupinstall grouplist groupinfo groupremove groupupdate history mark ' +
      'module repoinfo repoquery repository-packages shell swap updateinfo upgrade-minimal help'
    )
      .split(' ')
      .map((verb) => [verb, [`drydock: 'dnf ${verb}' is not simulated`]] as const),
    [
      'config-manager',
      [
        'No such command: config-manager. Please use /usr/bin/dnf --help',
        `It could be a DNF plugin command, try: "dnf install 'dnf-command(config-manager)'"`,
      ],
    ],
    [
      '-q provides nc',
      [
        "nmap-ncat-3:7.92-1.el9.x86_64 : Nmap's Netcat replacement",
        'Repo        : appstream',
        'Matched from:',
        'Provide    : nc = 3:7.92-1.el9',
        'Filename    : /usr/bin/nc',
        '',
      ],
    ],
  ];
  for (const [words, lines] of ROWS)
    expect([words, await lab.runPiped(`docker exec rocky dnf ${words}`, 30)]).toEqual([words, lines]);
  // vim is what vim-enhanced provides.
  expect(await lab.runPiped('docker exec rocky dnf -q -y install vim 2>/dev/null | grep -A1 Installing:', 30)).toEqual([
    'Installing:',
    ' vim-enhanced        x86_64      2:8.2.2637-20.el9_1       appstream      1.7 M',
  ]);
  expect(await lab.runPiped('docker exec rocky rpm -q vim-enhanced --provides', 10)).toEqual([
    'vim = 8.2.2637-20.el9_1',
    'vim-enhanced = 2:8.2.2637-20.el9_1',
    'vim-enhanced(x86-64) = 2:8.2.2637-20.el9_1',
  ]);
});

test('images of other releases: some are not there, some not here', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  const ROWS: readonly (readonly [image: string, message: string])[] = [
    ['rockylinux:latest', 'manifest for rockylinux:latest not found: manifest unknown: manifest unknown'],
    ['rockylinux:8', "drydock: image 'rockylinux:8' is not simulated"],
    ['centos:latest', "drydock: image 'centos:latest' is not simulated"],
    ['centos:9', 'manifest for centos:9 not found: manifest unknown: manifest unknown'],
  ];
  for (const [image, message] of ROWS)
    expect(await lab.runPiped(`docker pull ${image}`, 10)).toEqual([`Error response from daemon: ${message}`]);
});

test('without a network dnf names the list of mirrors', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  const url = 'https://mirrors.rockylinux.org/mirrorlist?arch=x86_64&repo=BaseOS-9';
  const why = `Curl error (6): Couldn't resolve host name for ${url} [Could not resolve host: mirrors.rockylinux.org]`;
  await lab.runPiped('docker pull rockylinux:9', 30);
  expect(
    await lab.runPiped('docker run --rm --network none rockylinux:9 dnf install tree 2>&1 | tail -n 3', 60),
  ).toEqual([
    "Errors during downloading metadata for repository 'baseos':",
    `  - ${why}`,
    `Error: Failed to download metadata for repo 'baseos': Cannot prepare internal mirrorlist: ${why}`,
  ]);
});

test('CentOS 7: the mirrors are gone, the vault has everything', async () => {
  const lab = await LabTerminal.open('docker-1', 'docker-1');
  await lab.runPiped('docker run -d --name old centos:7 sleep 1d', 60);
  const failed = await lab.runPiped('docker exec old yum install -y tree 2>&1', 120);
  expect([...failed.slice(0, 4), failed.at(-1)]).toEqual([
    'Loaded plugins: fastestmirror, ovl',
    'Determining fastest mirrors',
    'Could not retrieve mirrorlist http://mirrorlist.centos.org/?release=7&arch=x86_64&repo=os&infra=container error was',
    '14: curl#6 - "Could not resolve host: mirrorlist.centos.org; Unknown error"',
    'Cannot find a valid baseurl for repo: base/7/x86_64',
  ]);
  await lab.runPiped(
    "docker exec old sed -i -e 's/^mirrorlist/#mirrorlist/' -e 's,#baseurl=http://mirror,baseurl=http://vault,' /etc/yum.repos.d/CentOS-Base.repo",
    10,
  );
  expect((await lab.runPiped('docker exec old yum install -y tree 2>&1', 60)).slice(-8)).toEqual([
    'Running transaction',
    '  Installing : tree-1.6.0-10.el7.x86_64                                     1/1 ',
    '  Verifying  : tree-1.6.0-10.el7.x86_64                                     1/1 ',
    '',
    'Installed:',
    '  tree.x86_64 0:1.6.0-10.el7                                                    ',
    '',
    'Complete!',
  ]);
  expect(await lab.runPiped('docker exec old rpm -q tree gpg-pubkey', 10)).toEqual([
    'tree-1.6.0-10.el7.x86_64',
    'gpg-pubkey-f4a80eb5-53a7ff4b',
  ]);
});
