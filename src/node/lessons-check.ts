/** npm run lessons:check [-- LESSON...]: proves every lesson both ways. Exits 1 where a proof does not hold. */
import { allLessons, loadLesson, loadProofs } from '../lessons/catalog.ts';
import { guardGlobals } from './guard-globals.ts';
import type { Proof } from './lesson-proof.ts';
import { proveLesson } from './lesson-proof.ts';

async function main(wanted: readonly string[]): Promise<number> {
  const ids = allLessons()
    .map(({ id }) => id)
    .filter((id) => wanted.length === 0 || wanted.some((name) => id.includes(name)));
  const loaded = await Promise.all(
    ids.map(async (id) => ({ id, lesson: await loadLesson(id), proofs: await loadProofs(id) })),
  );
  guardGlobals();
  const all: Proof[] = [];
  for (const { id, lesson, proofs } of loaded) {
    if (lesson === undefined || proofs === undefined) throw new Error(`lesson ${id} cannot be loaded`);
    for (const proof of await proveLesson(lesson, proofs)) {
      all.push(proof);
      process.stdout.write(
        `${proof.holds ? 'ok  ' : 'FAIL'} ${proof.lesson}: ${proof.what}${proof.why === undefined ? '' : ` – ${proof.why}`}\n`,
      );
    }
  }
  const failed = all.filter(({ holds }) => !holds).length;
  process.stdout.write(`${String(all.length - failed)} passed, ${String(failed)} failed\n`);
  return failed === 0 && all.length > 0 ? 0 : 1;
}

void main(process.argv.slice(2)).then((status) => {
  process.exitCode = status;
});
