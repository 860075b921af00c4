/** The command line of ssh: which letters there are, and what it says of values before it looks for a host. */
import type { Options } from '../../coreutils/command.ts';
import { readOpensshOptions } from '../openssh/openssh-options.ts';
import { readDynamicForward, readEndpoint, readLocalForward } from './ssh-forward.ts';
import { isEscape, isListOf, portOf } from './ssh-setting-values.ts';

export const USAGE = `usage: ssh [-46AaCfGgKkMNnqsTtVvXxYy] [-B bind_interface] [-b bind_address]
           [-c cipher_spec] [-D [bind_address:]port] [-E log_file]
           [-e escape_char] [-F configfile] [-I pkcs11] [-i identity_file]
           [-J destination] [-L address] [-l login_name] [-m mac_spec]
           [-O ctl_cmd] [-o option] [-P tag] [-p port] [-R address]
           [-S ctl_path] [-W host:port] [-w local_tun[:remote_tun]]
           destination [command [argument ...]]
       ssh [-Q query_option]
`;
const SHORT = '46AaCfGgKkMNnqsTtVvXxYyB:b:c:D:E:e:F:I:i:J:L:l:m:O:o:P:p:Q:R:S:W:w:';
/** Letters whose absence a person would notice. */
const NOT_SIMULATED = '6ABbDGIMRXYwy'.split('');
const CONTROL_COMMANDS = ['check', 'forward', 'exit', 'stop', 'cancel', 'proxy'];

/** Options may stand before and right after the destination. */
export function parseArguments(args: readonly string[]): Options | { readonly problem: string } {
  const spec = { name: 'ssh', short: SHORT, stopEarly: true };
  const first = readOpensshOptions(args, spec);
  if ('problem' in first) return first;
  const [destination, ...rest] = first.operands;
  if (destination === undefined || !(rest[0] ?? '').startsWith('-')) return first;
  const second = readOpensshOptions(rest, spec);
  if ('problem' in second) return second;
  const order = [...first.order, ...second.order];
  const values = (letter: string): readonly string[] =>
    order.filter(([each]) => each === letter).map(([, value]) => value);
  return {
    operands: [destination, ...second.operands],
    order,
    has: (letter) => order.some(([each]) => each === letter),
    value: (letter) => values(letter).at(-1),
    values,
  };
}

/** What is wrong with an option's value, in the order that they stand in. */
export function wrongValue({ order }: Options): string | undefined {
  for (const [letter, value] of order) {
    const wrong = MISTAKES[letter]?.(value);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

const MISTAKES: Readonly<Record<string, (value: string) => string | undefined>> = {
  c: (value) => (isListOf('cipher', value) ? undefined : `Unknown cipher type '${value}'`),
  m: (value) => (isListOf('mac', value) ? undefined : `Unknown mac type '${value}'`),
  e: (value) => (isEscape(value) ? undefined : `Bad escape character '${value}'.`),
  p: (value) => (portOf(value) === undefined ? `Bad port '${value}'` : undefined),
  D: (value) =>
    readDynamicForward(value) === undefined ? `Bad dynamic forwarding specification '${value}'` : undefined,
  L: (value) => (readLocalForward(value) === undefined ? `Bad local forwarding specification '${value}'` : undefined),
  O: (value) => (CONTROL_COMMANDS.includes(value) ? undefined : 'Invalid multiplex command.'),
  R: (value) =>
    readLocalForward(value) === undefined && readDynamicForward(value) === undefined
      ? `Bad remote forwarding specification '${value}'`
      : undefined,
  W: (value) => (readEndpoint(value) === undefined ? `Bad stdio forwarding specification '${value}'` : undefined),
  w: (value) => (/^(\d+|any)(:(\d+|any))?$/.test(value) ? undefined : `Bad tun device '${value}'`),
};

/** What is refused by name; without an agent or a display there is nothing to bring along. */
export function absentLetter(options: Options, env: Readonly<Record<string, string>>): string | undefined {
  const needs: Readonly<Record<string, string>> = { A: 'SSH_AUTH_SOCK', X: 'DISPLAY', Y: 'DISPLAY' };
  const idle = (letter: string): boolean => needs[letter] !== undefined && (env[needs[letter]] ?? '') === '';
  const found = NOT_SIMULATED.find((letter) => options.has(letter) && !idle(letter));
  return found ?? (options.has('S') && options.value('S') !== 'none' && !options.has('O') ? 'S' : undefined);
}

/** What -O says where there is no master. */
export function controlProblem(options: Options): string | undefined {
  if (!options.has('O')) return undefined;
  const path = options.value('S');
  return path === undefined || path === 'none'
    ? 'No ControlPath specified for "-O" command'
    : `Control socket connect(${path}): No such file or directory`;
}
