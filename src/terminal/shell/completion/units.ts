/** What systemctl, journalctl and service are told: verbs, units, options. */
import type { Op } from '../machine/op.ts';
import type { Shell } from '../shell.ts';
import { outputOf } from './output-of.ts';

const VERBS = `cat daemon-reload default disable edit enable get-default halt help
is-active is-enabled is-failed is-system-running kill list-dependencies list-sockets list-timers list-unit-files
list-units mask poweroff reboot reload reload-or-restart rescue reset-failed restart
set-default show start status stop try-restart unmask`.split(/\s+/);
const SYSTEMCTL_FLAGS = `--all --failed --force --full --help --lines= --no-legend --no-pager --now --output= --plain
--property= --quiet --recursive --reverse --runtime --signal= --state= --type= --version`.split(/\s+/);
const JOURNALCTL_FLAGS =
  `--boot --catalog --dmesg --follow --help --identifier= --lines= --list-boots --no-pager --output=
--pager-end --priority= --quiet --reverse --since= --unit= --until= --utc --version --vacuum-size= --vacuum-time=`.split(
    /\s+/,
  );
const ACTIONS_OF_SERVICE = ['reload', 'restart', 'start', 'status', 'stop'];
/** Verbs after which no unit is named. */
const ALONE = new Set([
  'daemon-reload',
  'list-unit-files',
  'list-units',
  'list-timers',
  'list-sockets',
  'reboot',
  'poweroff',
  'halt',
  'get-default',
  'is-system-running',
  'rescue',
  'default',
]);

/** Words that can stand last; undefined where the program is none of systemd's. */
export function* systemdWords(shell: Shell, name: string, words: readonly string[]): Op<readonly string[] | undefined> {
  const word = words.at(-1) ?? '';
  const starting = (all: readonly string[]): readonly string[] => all.filter((each) => each.startsWith(word));
  const operands = words.slice(1, -1).filter((each) => !each.startsWith('-'));
  switch (name) {
    case 'systemctl':
      if (word.startsWith('-')) return starting(SYSTEMCTL_FLAGS);
      if (operands[0] === undefined) return starting(VERBS);
      return ALONE.has(operands[0]) ? [] : starting(yield* unitNames(shell));
    case 'journalctl':
      if (/^(?:-\w*u|--unit)$/.test(words.at(-2) ?? '')) return starting(yield* unitNames(shell));
      return word.startsWith('-') ? starting(JOURNALCTL_FLAGS) : undefined;
    case 'service':
      if (operands.length > 0) return starting(ACTIONS_OF_SERVICE);
      return starting((yield* unitNames(shell)).flatMap((unit) => /^(.*)\.service$/.exec(unit)?.[1] ?? []));
    default:
      return undefined;
  }
}

function* unitNames(shell: Shell): Op<readonly string[]> {
  const text = yield* outputOf(shell, ['systemctl', 'list-unit-files', '--no-legend', '--no-pager']);
  const units = (text ?? '').split('\n').map((line) => line.split(/\s+/)[0] ?? '');
  return [...new Set(units)].filter((unit) => /\.\w+$/.test(unit)).sort();
}
