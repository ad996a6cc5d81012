import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { sumOf } from './copying.ts';
import { Refusal } from './start-failures.ts';

export const MANIFEST = 'manifest.json';
/** In every backup, whatever the file is called that it came from. */
export const DATABASE = 'comanda.sqlite';

const Sum = { bytes: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) };

/** What a backup holds, written last of all; a path leads nowhere else. */
export const Manifest = z.object({
  kind: z.literal('comanda-backup'),
  format: z.literal(1),
  madeAt: z.iso.datetime(),
  /** null: pictures only, beside a dump of a database server. */
  database: z
    .object({
      ...Sum,
      /** Migrations that it has been through. */
      steps: z.array(z.string()),
      rows: z.record(z.string(), z.int()),
    })
    .nullable(),
  pictures: z.array(
    z.object({ path: z.string().regex(/^[0-9a-f-]{2}\/[0-9a-f-]{36}\.\w+$/), ...Sum }),
  ),
  /** Pictures that hang somewhere and had no file. */
  missing: z.array(z.string()),
});
export type Manifest = z.infer<typeof Manifest>;

export async function manifestIn(folder: string): Promise<Manifest> {
  try {
    return Manifest.parse(JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')));
  } catch {
    throw new Refusal(
      `${folder} is no backup that this version reads: it has no ${MANIFEST}, or one that it did not write.`,
    );
  }
}

/** Refuses a backup of which a file is not what it was. */
export async function verify(folder: string, { database, pictures }: Manifest): Promise<void> {
  const files = [
    ...(database ? [{ ...database, path: DATABASE }] : []),
    ...pictures.map((picture) => ({ ...picture, path: join('pictures', picture.path) })),
  ];
  const wrong: string[] = [];
  for (const { path, bytes, sha256 } of files) {
    const found = await sumOf(join(folder, path)).catch(() => undefined);
    if (found?.bytes !== bytes || found.sha256 !== sha256) wrong.push(path);
  }
  if (wrong.length === 0) return;
  const shown = wrong.slice(0, 5).join(', ') + (wrong.length > 5 ? ' …' : '');
  throw new Refusal(
    `Nothing was restored: ${wrong.length} files of ${folder} are missing or changed (${shown}).`,
  );
}
