/** Cobra's `__complete` protocol: candidates, one per line, and a directive. */
import { completeCommand, findCommand, type Command } from '../framework/command.ts';
import type { FlagSpec } from '../framework/flags.ts';
import type { Io } from '../../io.ts';
import type { Client } from './client.ts';
import { array, member, text, type Verb } from './context.ts';
import { Fatal } from './fatal.ts';

const NO_FILES = ':4';

export async function complete(
  root: Command<Verb>,
  globals: readonly FlagSpec[],
  client: Client,
  io: Io,
  words: readonly string[],
): Promise<number> {
  const known = completeCommand(root, words, globals);
  const last = words.at(-1) ?? '';
  const candidates = known ?? (await names(findCommand(root, words.slice(0, -1), globals).command.run, client, words));
  for (const candidate of candidates) if (candidate.startsWith(last)) io.line(candidate);
  io.line(NO_FILES);
  return 0;
}

async function names(verb: Verb | undefined, client: Client, words: readonly string[]): Promise<readonly string[]> {
  try {
    switch (verb?.completes) {
      case 'containers':
      case 'running': {
        const list = array(
          await client.must('GET', `/containers/json${verb.completes === 'containers' ? '?all=1' : ''}`),
        );
        const taken = new Set(words.slice(0, -1));
        return list
          .flatMap((item) => ((member(item, 'Names') ?? []) as readonly string[]).map((name) => name.slice(1)))
          .filter((name) => !taken.has(name));
      }
      case 'images':
        return array(await client.must('GET', '/images/json')).flatMap(
          (item) => (member(item, 'RepoTags') ?? []) as readonly string[],
        );
      case 'networks':
        return array(await client.must('GET', '/networks')).map((item) => text(item, 'Name'));
      case 'volumes':
        return array(member(await client.must('GET', '/volumes'), 'Volumes')).map((item) => text(item, 'Name'));
      default:
        return [];
    }
  } catch (problem) {
    if (problem instanceof Fatal) return [];
    throw problem;
  }
}
