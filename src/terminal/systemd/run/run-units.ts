/** The unit files that `systemd-run` asks for. */
import * as keys from '../../../formats/systemd-unit-keys.ts';
import type { Invocation } from '../../coreutils/command.ts';

export interface UnitText {
  readonly name: string;
  readonly text: string;
}

/** Options of timers, and the settings that they are. */
const TIMER_OPTIONS: Readonly<Record<string, string>> = {
  'on-active': 'OnActiveSec',
  'on-boot': 'OnBootSec',
  'on-startup': 'OnStartupSec',
  'on-unit-active': 'OnUnitActiveSec',
  'on-unit-inactive': 'OnUnitInactiveSec',
  'on-calendar': 'OnCalendar',
};
const SERVICE_OPTIONS: Readonly<Record<string, string>> = {
  slice: 'Slice',
  uid: 'User',
  gid: 'Group',
  nice: 'Nice',
  'service-type': 'Type',
  'working-directory': 'WorkingDirectory',
};
const UNIT_SETTINGS = new Set(keys.UNIT_KEYS);
const SERVICE_SETTINGS = new Set([...keys.SERVICE_KEYS, ...keys.EXEC_KEYS, ...keys.GROUP_KEYS]);
const SCOPE_SETTINGS = new Set([...keys.SCOPE_KEYS, ...keys.GROUP_KEYS]);
const TIMER_SETTINGS = new Set(keys.TIMER_KEYS);

/** Whether the command is to wait for a timer. */
export const isTimed = ({ options }: Invocation): boolean =>
  Object.keys(TIMER_OPTIONS).some((name) => options.has(name)) || options.has('timer-property');

/** The first assignment that is none of the unit's. */
export function unknownAssignment({ options }: Invocation): string | undefined {
  const own = options.has('scope') ? SCOPE_SETTINGS : SERVICE_SETTINGS;
  const isKnown = (text: string, settings: ReadonlySet<string>): boolean => {
    const name = text.slice(0, text.indexOf('='));
    return settings.has(name) || UNIT_SETTINGS.has(name);
  };
  return (
    options.values('p').find((text) => !isKnown(text, own)) ??
    options.values('timer-property').find((text) => !isKnown(text, TIMER_SETTINGS))
  );
}

/** The service or scope; before it the timer that starts it. */
export function unitTexts(call: Invocation, name: string, path: string): readonly UnitText[] {
  const { options } = call;
  const description = options.value('description') ?? [path, ...call.operands.slice(1)].join(' ');
  const isScope = options.has('scope');
  const unit = sectioned(
    [`Description=${description}`, ...(options.has('G') ? ['CollectMode=inactive-or-failed'] : [])],
    isScope ? 'Scope' : 'Service',
    [...optionLines(call, SERVICE_OPTIONS), ...environmentLines(call), ...(isScope ? [] : serviceLines(call, path))],
    options.values('p'),
  );
  const own = { name, text: unit };
  if (!isTimed(call)) return [own];
  const timer = sectioned(
    [`Description=${description}`],
    'Timer',
    [...optionLines(call, TIMER_OPTIONS), 'RemainAfterElapse=no'],
    options.values('timer-property'),
  );
  return [{ name: name.replace(/\.service$/, '.timer'), text: timer }, own];
}

function sectioned(
  unit: readonly string[],
  section: string,
  lines: readonly string[],
  properties: readonly string[],
): string {
  const isOfUnit = (text: string): boolean => UNIT_SETTINGS.has(text.slice(0, text.indexOf('=')));
  const parts = [
    '[Unit]',
    ...unit,
    ...properties.filter(isOfUnit),
    '',
    `[${section}]`,
    ...lines,
    ...properties.filter((text) => !isOfUnit(text)),
  ];
  return `${parts.join('\n')}\n`;
}

const optionLines = ({ options }: Invocation, names: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(names).flatMap(([option, setting]) => options.values(option).map((value) => `${setting}=${value}`));

/** `-E NAME` hands on what the caller has. */
const environmentLines = ({ options, process }: Invocation): readonly string[] =>
  options
    .values('E')
    .map((text) => (text.includes('=') ? text : `${text}=${process.env[text] ?? ''}`))
    .map((text) => `Environment="${text}"`);

function serviceLines({ options, operands, process }: Invocation, path: string): readonly string[] {
  const words = [path, ...operands.slice(1)].map(
    (word) => `"${word.replaceAll('%', '%%').replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`,
  );
  return [
    ...(options.has('d') ? [`WorkingDirectory=${process.cwd()}`] : []),
    ...(options.has('r') ? ['RemainAfterExit=yes'] : []),
    `ExecStart=${words.join(' ')}`,
  ];
}
