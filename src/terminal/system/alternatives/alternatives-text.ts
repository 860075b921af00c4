/** What update-alternatives prints of a group. */
import type { Alternative, LinkGroup } from './link-group.ts';
import { bestOf } from './link-group.ts';

export function displayText(group: LinkGroup, current: string | undefined): string {
  const { alternatives, link, manual, name, slaves } = group;
  const best = bestOf(group);
  return [
    `${name} - ${manual ? 'manual' : 'auto'} mode`,
    ...(best === undefined ? [] : [`  link best version is ${best.path}`]),
    current === undefined ? '  link currently absent' : `  link currently points to ${current}`,
    `  link ${name} is ${link}`,
    ...[...slaves].map(([slave, path]) => `  slave ${slave} is ${path}`),
    ...alternatives.flatMap((each) => [
      `${each.path} - priority ${String(each.priority)}`,
      ...slavesOf(group, each).map(([slave, path]) => `  slave ${slave}: ${path}`),
    ]),
    '',
  ].join('\n');
}

export function queryText(group: LinkGroup, current: string | undefined): string {
  const { alternatives, link, manual, name, slaves } = group;
  const best = bestOf(group);
  return [
    `Name: ${name}`,
    `Link: ${link}`,
    ...(slaves.size === 0 ? [] : ['Slaves:', ...[...slaves].map(([slave, path]) => ` ${slave} ${path}`)]),
    `Status: ${manual ? 'manual' : 'auto'}`,
    ...(best === undefined ? [] : [`Best: ${best.path}`]),
    `Value: ${current ?? 'none'}`,
    ...alternatives.flatMap((each) => [
      '',
      `Alternative: ${each.path}`,
      `Priority: ${String(each.priority)}`,
      ...(slaves.size === 0 ? [] : ['Slaves:', ...slavesOf(group, each).map(([slave, path]) => ` ${slave} ${path}`)]),
    ]),
    '',
  ].join('\n');
}

function slavesOf({ slaves }: LinkGroup, each: Alternative): readonly (readonly [string, string])[] {
  return [...slaves.keys()].flatMap((name) => {
    const path = each.slaves.get(name);
    return path === undefined ? [] : [[name, path] as const];
  });
}

/** The choices of --config, numbered from 1; 0 is auto mode. */
export function choicesText(group: LinkGroup, current: string | undefined): string {
  const { alternatives, link, manual, name } = group;
  const count = alternatives.length;
  const width = Math.max(...alternatives.map(({ path }) => path.length)) + 1;
  const row = (mark: boolean, number: number, path: string, priority: number, mode: string): string =>
    `${mark ? '*' : ' '} ${String(number).padEnd(12)} ${path.padEnd(width)} ${` ${String(priority)}`.padEnd(10)} ${mode}`;
  const best = bestOf(group);
  return [
    `There ${count === 1 ? 'is 1 choice' : `are ${String(count)} choices`} for the alternative ${name} (providing ${link}).`,
    '',
    `  ${'Selection'.padEnd(12)} ${'Path'.padEnd(width)} ${'Priority'.padEnd(10)} Status`,
    '-'.repeat(60),
    ...(best === undefined ? [] : [row(!manual && current === best.path, 0, best.path, best.priority, 'auto mode')]),
    ...alternatives.map(({ path, priority }, index) =>
      row(manual && current === path, index + 1, path, priority, 'manual mode'),
    ),
    '',
    'Press <enter> to keep the current choice[*], or type selection number: ',
  ].join('\n');
}
