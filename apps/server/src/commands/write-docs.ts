import { readFileSync, writeFileSync } from 'node:fs';
import { clientRefusals, errorsPage } from '@comanda/domains/errors-page';
import { accessPage } from '@comanda/kernel/access-page';
import { quotasPage } from '@comanda/quotas/quotas-page';

// `npm run docs`: writes the pages, and parts of pages, that are made from the source.
const ROOT = new URL('../../../../', import.meta.url);
const README = 'packages/client/README.md';

write('docs/access.md', accessPage());
write('docs/errors.md', errorsPage());
write('docs/quotas.md', quotasPage());
const readme = readFileSync(new URL(README, ROOT), 'utf8');
const marked = /(<!-- refusals -->\n)[\s\S]*?(<!-- \/refusals -->)/;
const shown = (_: string, before: string, after: string) =>
  `${before}${clientRefusals()}\n${after}`;
write(README, readme.replace(marked, shown));

function write(path: string, text: string): void {
  writeFileSync(new URL(path, ROOT), text);
  console.log(path);
}
