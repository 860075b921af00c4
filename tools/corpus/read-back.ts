/** Runs the commands of one corpus entry in a fresh sandbox and reads every object back that a successful one named. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandsOf } from '../fidelity/script-words.ts';
import { compare, schemaPath } from './compare.ts';
import { expectationsOf, filesOf, isDryRun, type Expectation } from './expectations.ts';

export interface CorpusEntry {
  readonly id: string;
  readonly cmds: readonly string[];
  readonly flags?: readonly (readonly string[])[];
}

export interface ReadBack {
  readonly id: string;
  /** Commands that change something and ended with 0. */
  readonly successful: readonly string[];
  /** Commands that change something and did not. */
  readonly unsuccessful: readonly string[];
  /** `Pod` → paths of the schema that were compared and agreed. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
  readonly compared: number;
  readonly mismatches: readonly string[];
}

const TOKEN = 'drydock-read-back';
const CHANGES = new Set([
  'create',
  'run',
  'apply',
  'set',
  'label',
  'annotate',
  'patch',
  'scale',
  'delete',
  'expose',
  'replace',
]);
const NOT_RUN = new Set(['skip', 'blocking', 'placeholder']);

interface Step {
  readonly command: string;
  readonly changes: readonly (readonly string[])[];
}

export async function readBack(root: string, entry: CorpusEntry): Promise<ReadBack> {
  const steps = entry.cmds.flatMap((command, at): Step[] => {
    const words = commandsOf(command);
    // A watch ends when somebody stops it.
    const isWatch = words.some(
      (call) => call[0] === 'kubectl' && call[1] === 'get' && (call.includes('-w') || call.includes('--watch')),
    );
    if (isWatch || (entry.flags?.[at] ?? []).some((flag) => NOT_RUN.has(flag))) return [];
    return [
      {
        command,
        changes: words.filter((call) => call[0] === 'kubectl' && CHANGES.has(call[1] ?? '') && !isDryRun(call)),
      },
    ];
  });
  return judge(entry.id, steps, sectionsOf(await runScript(root, scriptOf(steps))));
}

/** The script prints sections: `status N CODE`, then for each object read `text N M` and `object N M CODE`. */
function scriptOf(steps: readonly Step[]): string {
  const mark = (what: string): string => `printf '\\n%s %s\\n' ${TOKEN} "${what}"`;
  const lines = ['mkdir -p /tmp/read-back && cd /tmp/read-back'];
  steps.forEach(({ command, changes }, at) => {
    lines.push(command, `__code=$?`, mark(`status ${String(at)} $__code`));
    if (changes.length === 0) return;
    lines.push('if [ "$__code" = 0 ]; then');
    readings(command, changes).forEach(({ text, read }, number) => {
      if (text !== undefined) lines.push(mark(`text ${String(at)} ${String(number)}`), text);
      lines.push(mark(`object ${String(at)} ${String(number)}`), `${read} 2>/dev/null`);
    });
    lines.push('fi', mark('end'));
  });
  return `${lines.join('\n')}\n`;
}

interface Reading {
  /** Prints the manifest, where there is one. */
  readonly text?: string;
  /** Prints the object, or nothing. */
  readonly read: string;
  readonly expectation?: Expectation;
  readonly call: readonly string[];
}

function readings(command: string, changes: readonly (readonly string[])[]): readonly Reading[] {
  return changes.flatMap((call): Reading[] => {
    const files = filesOf(call);
    const space = call.findIndex((word) => word === '-n' || word === '--namespace');
    const namespace = space < 0 ? '' : ` -n ${call[space + 1] ?? ''}`;
    if (files.length === 0) {
      return expectationsOf(call).map((expectation) => ({
        call,
        expectation,
        read: `kubectl get ${quote(expectation.type)} ${quote(expectation.name)}${namespace} -o json`,
      }));
    }
    return files.map((file) => {
      const text = file === '-' ? command.slice(0, command.lastIndexOf('|')) : `cat ${quote(file)}`;
      return {
        call,
        text,
        read: `${file === '-' ? `${text} | ` : ''}kubectl get -f ${quote(file)}${namespace} -o json`,
      };
    });
  });
}

function judge(id: string, steps: readonly Step[], sections: ReadonlyMap<string, string>): ReadBack {
  const successful: string[] = [];
  const unsuccessful: string[] = [];
  const mismatches: string[] = [];
  const fields: Record<string, string[]> = {};
  let compared = 0;
  steps.forEach(({ command, changes }, at) => {
    if (changes.length === 0) return;
    const isDone = sections.has(`status ${String(at)} 0`);
    (isDone ? successful : unsuccessful).push(command);
    if (!isDone) return;
    readings(command, changes).forEach(({ call, expectation }, number) => {
      const text = sections.get(`text ${String(at)} ${String(number)}`);
      const objects = objectsOf(sections.get(`object ${String(at)} ${String(number)}`) ?? '');
      for (const wanted of expectation === undefined ? expectationsOf(call, [text ?? '']) : [expectation]) {
        const object = objects.find(({ metadata }) => metadata?.name === wanted.name);
        const comparison = compare(wanted, object);
        compared += comparison.compared.length;
        mismatches.push(...comparison.mismatches.map((mismatch) => `${command.split('\n')[0] ?? ''}: ${mismatch}`));
        const kind = object?.kind;
        if (kind !== undefined && comparison.mismatches.length === 0)
          fields[kind] = [...(fields[kind] ?? []), ...comparison.compared.map(schemaPath)];
      }
    });
  });
  return { id, successful, unsuccessful, fields, compared, mismatches };
}

interface ReadObject {
  readonly kind?: string;
  readonly metadata?: { readonly name?: string };
  readonly items?: readonly ReadObject[];
}

function objectsOf(text: string): readonly ReadObject[] {
  if (text.trim() === '') return [];
  const object = JSON.parse(text) as ReadObject;
  return object.items ?? [object];
}

function sectionsOf(output: string): ReadonlyMap<string, string> {
  const sections = new Map<string, string>();
  for (const part of output.split(`\n${TOKEN} `).slice(1)) {
    const end = part.indexOf('\n');
    sections.set(part.slice(0, end < 0 ? undefined : end).trim(), end < 0 ? '' : part.slice(end + 1));
  }
  return sections;
}

const quote = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

function runScript(root: string, script: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'read-back-'));
  const file = join(folder, 'script.sh');
  writeFileSync(file, script);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'tools/run-node.mjs'), 'headless', '--max-wall', '5m', file], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', () => {
      rmSync(folder, { recursive: true });
      resolve(Buffer.concat(chunks).toString('utf8'));
    });
  });
}
