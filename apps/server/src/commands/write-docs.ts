import { writeFileSync } from 'node:fs';
import { errorsPage } from '@comanda/domains/errors-page';
import { accessPage } from '@comanda/kernel/access-page';

// `npm run docs`: writes the pages that are made from the source.
const pages = { 'access.md': accessPage(), 'errors.md': errorsPage() };

for (const [name, page] of Object.entries(pages)) {
  writeFileSync(new URL(`../../../../docs/${name}`, import.meta.url), page);
  console.log(`docs/${name}`);
}
