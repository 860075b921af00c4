/** Sockets and paths that start services. Source: the journal of systemd 255, systemd.socket(5), sd_listen_fds(3). */
import { expect, test } from 'vitest';
import { failed } from '../../../../protocol/errno.ts';
import { program, readText, spawn, text, worldOf, type World } from '../../kernel/kernel.spec-support.ts';
import { HostSystemd } from '../host-systemd.ts';

/** Answers one connection of the first socket that it was given, and ends. */
const once = program('once', async (process) => {
  const { LISTEN_FDS, LISTEN_PID, LISTEN_FDNAMES } = process.env;
  await process.write(
    1,
    text(`${LISTEN_FDS ?? '-'} ${String(LISTEN_PID === String(process.pid))} ${LISTEN_FDNAMES ?? '-'}\n`),
  );
  const connection = await process.accept(3);
  if (failed(connection)) return 1;
  await process.write(connection, text('hello'));
  return 0;
});
/** Never takes what waits for it. */
const deaf = program('deaf', async () => 0);
/** Says its peer to whom it was started for. */
const greet = program('greet', async (process) => {
  const said = await process.read(0);
  await process.write(1, text(`<${failed(said) ? said.errno : readText(said)}>`));
  return 0;
});
const daemon = program('daemon', async (process) => {
  await process.sleep(3_600_000_000);
  return 0;
});
const talk = program('talk', async (process) => {
  const [, place = ''] = process.argv;
  const fd = await process.connect(
    place.startsWith('/') ? { family: 'unix', path: place } : { family: 'inet', ip: '127.0.0.1', port: Number(place) },
  );
  if (failed(fd)) {
    await process.write(1, text(fd.errno));
    return 1;
  }
  await process.write(fd, text('hi'));
  const answer = await process.read(fd);
  await process.write(1, text(failed(answer) ? answer.errno : readText(answer)));
  return 0;
});

async function boot(units: Readonly<Record<string, string>>): Promise<{
  readonly world: World;
  readonly systemd: HostSystemd;
  readonly journal: () => readonly string[];
  readonly said: (place: string) => Promise<string>;
}> {
  const world = worldOf([once, deaf, greet, daemon, talk], {
    network: true,
    entries: [
      { path: 'etc/group', type: 'file', text: 'root:x:0:\nweb:x:900:\n' },
      ...Object.entries(units).map(([name, lines]) => ({
        path: `etc/systemd/system/${name}`,
        type: 'file' as const,
        text: `${lines}\n`,
      })),
    ],
  });
  const { simulation, kernel, files, network } = world;
  const systemd = new HostSystemd({
    simulation,
    host: 'alpha',
    kernel,
    files,
    ...(network === undefined ? {} : { sockets: network.sockets, netns: kernel.namespaces.host.net }),
  });
  systemd.boot();
  await world.run(1_000_000);
  return {
    world,
    systemd,
    journal: () =>
      systemd
        .journal()
        .filter(({ transport }) => transport !== 'kernel')
        .map(({ identifier, message }) => `${identifier}: ${message}`),
    said: async (place) => {
      const { output } = spawn(world, ['talk', place]);
      await world.run(1_000_000);
      return output();
    },
  };
}

const stateOf = (systemd: HostSystemd, name: string): string => {
  const { active, sub, result } = systemd.unit(name);
  return `${active} ${sub} ${result}`;
};

test('the first to come starts the service, which finds the listening socket', async () => {
  const { world, systemd, journal, said } = await boot({
    'web.socket': '[Unit]\nDescription=Web\n[Socket]\nListenStream=8080\nFileDescriptorName=http',
    'web.service': '[Service]\nExecStart=/bin/once',
  });
  systemd.start('web.socket');
  expect([stateOf(systemd, 'web.socket'), stateOf(systemd, 'web')]).toEqual([
    'active listening success',
    'inactive dead success',
  ]);
  expect(systemd.unit('web.socket')).toMatchObject({
    socket: { listens: [{ kind: 'Stream', address: '0.0.0.0:8080' }], accepts: false },
    triggers: ['web.service'],
  });
  expect(systemd.unit('web').triggeredBy).toEqual(['web.socket']);
  expect(await said('8080')).toBe('hello');
  expect(await said('8080')).toBe('hello');
  expect(stateOf(systemd, 'web.socket')).toBe('active listening success');
  systemd.stop('web.socket');
  expect(await said('8080')).toBe('ECONNREFUSED');
  expect(journal()).toEqual([
    'systemd: Listening on web.socket - Web.',
    'systemd: Started web.service.',
    'once: 1 true http',
    'systemd: web.service: Deactivated successfully.',
    'systemd: Started web.service.',
    'once: 1 true http',
    'systemd: web.service: Deactivated successfully.',
    'systemd: web.socket: Deactivated successfully.',
    'systemd: Closed web.socket - Web.',
  ]);
  expect(world.kernel.processes().length).toBe(1);
});

test('a service that does not take what waits is started until its limit', async () => {
  const { systemd, journal, said } = await boot({
    'a.socket': '[Socket]\nListenStream=/run/a/a.sock\nSocketGroup=web\nSocketMode=0660',
    'a.service': '[Service]\nExecStart=/bin/deaf',
  });
  systemd.start('a.socket');
  expect(systemd.files.root.stat('/run/a/a.sock')).toMatchObject({ mode: 0o660, gid: 900 });
  await said('/run/a/a.sock');
  expect(stateOf(systemd, 'a.socket')).toBe('failed failed service-start-limit-hit');
  expect([...journal().slice(0, 4), ...journal().slice(-4)]).toEqual([
    'systemd: Starting a.socket...',
    'systemd: Listening on a.socket.',
    'systemd: Started a.service.',
    'systemd: a.service: Deactivated successfully.',
    'systemd: a.service: Start request repeated too quickly.',
    "systemd: a.service: Failed with result 'start-limit-hit'.",
    'systemd: Failed to start a.service.',
    "systemd: a.socket: Failed with result 'service-start-limit-hit'.",
  ]);
});

test('with Accept each connection has a service of its own, whose standard input and output it is', async () => {
  const { systemd, journal, said } = await boot({
    'greet.socket': '[Socket]\nListenStream=127.0.0.1:7\nAccept=yes',
    'greet@.service': '[Unit]\nDescription=Greeting\n[Service]\nExecStart=/bin/greet\nStandardInput=socket',
  });
  systemd.start('greet.socket');
  expect(await said('7')).toBe('<hi>');
  expect(await said('7')).toBe('<hi>');
  expect(systemd.unit('greet.socket').socket).toMatchObject({ accepts: true, accepted: 2, connected: 0, refused: 0 });
  expect(journal().map((line) => line.replaceAll(/127.0.0.1:\d{5}/g, 'PEER'))).toEqual([
    'systemd: Listening on greet.socket.',
    'systemd: Started greet@0-127.0.0.1:7-PEER.service - Greeting (PEER).',
    'systemd: greet@0-127.0.0.1:7-PEER.service: Deactivated successfully.',
    'systemd: Started greet@1-127.0.0.1:7-PEER.service - Greeting (PEER).',
    'systemd: greet@1-127.0.0.1:7-PEER.service: Deactivated successfully.',
  ]);
});

test.each([
  {
    given: 'the port is taken',
    units: { 'b.socket': '[Socket]\nListenStream=80', 'b.service': '[Service]\nExecStart=/bin/daemon' },
    lines: [
      'systemd: b.socket: Failed to create listening socket (0.0.0.0:80): Address already in use',
      'systemd: b.socket: Failed to listen on sockets: Address already in use',
      "systemd: b.socket: Failed with result 'resources'.",
      'systemd: Failed to listen on b.socket.',
    ],
  },
  {
    given: 'the host has no IPv6',
    units: { 'b.socket': '[Socket]\nListenStream=[::]:81', 'b.service': '[Service]\nExecStart=/bin/daemon' },
    lines: [
      'systemd: b.socket: Failed to create listening socket ([::]:81): Address family not supported by protocol',
      'systemd: b.socket: Failed to listen on sockets: Address family not supported by protocol',
      "systemd: b.socket: Failed with result 'resources'.",
      'systemd: Failed to listen on b.socket.',
    ],
  },
  {
    given: 'there is no service',
    units: { 'b.socket': '[Socket]\nListenStream=81' },
    lines: [
      'systemd: b.socket: Socket service b.service not loaded, refusing.',
      'systemd: Failed to listen on b.socket.',
    ],
  },
  {
    given: 'the group is unknown',
    units: {
      'b.socket': '[Socket]\nListenStream=/run/b.sock\nSocketGroup=nobodies',
      'b.service': '[Service]\nExecStart=/bin/daemon',
    },
    lines: [
      'systemd: Starting b.socket...',
      '(sd-chown): b.socket: Failed to resolve group nobodies: No such process',
      'systemd: b.socket: Control process exited, code=exited, status=216/GROUP',
      "systemd: b.socket: Failed with result 'exit-code'.",
      'systemd: Failed to listen on b.socket.',
    ],
  },
  {
    given: 'nothing to listen at',
    units: { 'b.socket': '[Socket]\nAccept=no' },
    lines: [
      'systemd: b.socket: Unit has no Listen setting (ListenStream=, ListenDatagram=, ListenFIFO=, ...). Refusing.',
    ],
  },
])('a socket fails where $given', async ({ units, lines }) => {
  const { systemd, journal } = await boot({
    'a.socket': '[Socket]\nListenStream=80',
    'a.service': '[Service]\nExecStart=/bin/daemon',
    ...units,
  });
  systemd.start('a.socket');
  const before = journal().length;
  systemd.start('b.socket');
  expect(journal().slice(before)).toEqual(lines);
});

test('paths start their unit when what they wait for is there, or changes', async () => {
  const { world, systemd, journal } = await boot({
    'flag.path': '[Path]\nPathExists=/srv/flag',
    'flag.service': '[Service]\nType=oneshot\nExecStart=/bin/daemon',
    'conf.path': '[Path]\nPathModified=/etc/conf',
    'conf.service': '[Service]\nType=oneshot\nExecStart=/bin/deaf',
    'spool.path': '[Path]\nDirectoryNotEmpty=/srv/spool\nMakeDirectory=yes',
    'spool.service': '[Service]\nType=oneshot\nExecStart=/bin/deaf',
  });
  const { root } = world.files;
  for (const name of ['flag', 'conf', 'spool']) systemd.start(`${name}.path`);
  await world.run(1_000_000);
  expect(['flag', 'conf', 'spool'].map((name) => stateOf(systemd, `${name}.path`))).toEqual(
    Array.from({ length: 3 }, () => 'active waiting success'),
  );
  root.write('/srv/flag', '');
  await world.run(1_000_000);
  expect([stateOf(systemd, 'flag.path'), systemd.unit('flag').active]).toEqual([
    'active running success',
    'activating',
  ]);
  for (const line of ['a=1', 'a=10']) {
    root.write('/etc/conf', line);
    await world.run(1_000_000);
  }
  const runs = (name: string): number =>
    journal().filter((line) => line === `systemd: Finished ${name}.service.`).length;
  expect([runs('conf'), stateOf(systemd, 'conf.path')]).toEqual([2, 'active waiting success']);
  root.write('/srv/spool/job', '');
  await world.run(1_000_000);
  expect([runs('spool'), stateOf(systemd, 'spool.path')]).toEqual([5, 'failed failed unit-start-limit-hit']);
  expect(journal().slice(-1)).toEqual(["systemd: spool.path: Failed with result 'unit-start-limit-hit'."]);
});
