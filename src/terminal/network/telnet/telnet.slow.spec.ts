/** telnet on a terminal, as GNU inetutils' showed itself beside a server that only listens. */
import { beforeAll, expect, test } from 'vitest';
import { LabTerminal } from '../../testing/lab-terminal.spec-support.ts';

let lab: LabTerminal;
beforeAll(async () => {
  lab = await LabTerminal.open('docker-1', 'docker-1');
});

const CONNECTED = ['Trying 127.0.0.1...', 'Connected to 127.0.0.1.', "Escape character is '^]'."];
const STATUS = [
  'telnet> status',
  'Connected to 127.0.0.1.',
  'Operating in obsolete linemode',
  'Local character echo',
  "Escape character is '^]'.",
];

test.for([
  {
    given: 'lines that are edited, the escape character in the middle of one, the end of input at the prompt',
    keys: [
      'telnet 127.0.0.1 5001; echo st=$?\r',
      'ab\x7fc\r',
      'xy\x15z\r',
      'w x\x17y\r',
      'ab\x1d',
      'status\r',
      'cd\r',
      '\x1d',
      '\x04',
    ],
    shown: [...CONNECTED, 'ac', 'z', 'w y', 'ab^]', ...STATUS, 'cd', '^]', 'telnet>', 'Connection closed.', 'st=0'],
    heard: 'ac\r\nz\r\nw y\r\nabcd\r\n',
  },
  {
    given: 'signals, which are commands of the protocol',
    keys: ['telnet 127.0.0.1 5001\r', 'a\x03b\r', '\x1a', '\x1c', '\x1d', 'quit\r'],
    shown: [...CONNECTED, 'a^Cb', '^Z^\\^]', 'telnet> quit', 'Connection closed.'],
    heard: '\xff\xf4\xff\xfd\x06b\r\n\xff\xed\xff\xfd\x06\xff\xf3\xff\xfd\x06',
  },
  {
    given: 'the prompt first',
    keys: [
      'telnet\r',
      'open 127.0.0.1 5001\r',
      'hi\r',
      '\x1d',
      'open x\r',
      'close\r',
      'status\r',
      'help close\r',
      '\r',
      'quit\r',
    ],
    shown: [
      'telnet> open 127.0.0.1 5001',
      ...CONNECTED,
      'hi',
      '^]',
      'telnet> open x',
      '?Already connected to 127.0.0.1',
      'telnet> close',
      'Connection closed.',
      'telnet> status',
      'No connection.',
      "Escape character is '^]'.",
      'telnet> help close',
      'end the connection',
      'telnet>',
      'telnet> quit',
    ],
    heard: 'hi\r\n',
  },
  {
    given: 'another escape character, a shell command, what is not simulated',
    keys: ['telnet -e x 127.0.0.1 5001\r', 'x', '!echo hi\r', 'x', 'slc\r', '\r', 'x', 'q\r'],
    shown: [
      "Telnet escape character is 'x'.",
      ...CONNECTED.slice(0, 2),
      "Escape character is 'x'.",
      'x',
      'telnet> !echo hi',
      'hi',
      'x',
      'telnet> slc',
      "drydock: 'telnet> slc' is not simulated",
      'telnet>',
      'x',
      'telnet> q',
      'Connection closed.',
    ],
    heard: '',
  },
])('$given', async ({ keys, shown, heard }) => {
  await lab.reopen();
  await lab.type(" PS1='% '; pkill nc; sleep 0.1; nc -lk 5001 > heard &\r");
  await lab.type('clear\r');
  for (const key of keys) await lab.type(key, 0.2);
  const screen = (await lab.screen())
    .slice(1)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '%');
  expect(screen).toEqual(shown);
  const bytes = lab.files.read('/root/heard');
  expect(bytes instanceof Uint8Array ? String.fromCharCode(...bytes) : bytes).toBe(heard);
});
