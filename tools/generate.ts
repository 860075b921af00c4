import { writeFidelity } from './fidelity.ts';
import { writeLessons } from './generate-lessons.ts';
import { writeSchema } from './generate-schema.ts';

const changed = writeSchema(process.cwd());
process.stderr.write(changed.length === 0 ? 'schema: nothing changed\n' : `schema: wrote ${changed.join(', ')}\n`);
await writeLessons(process.cwd());
await writeFidelity(process.cwd());
