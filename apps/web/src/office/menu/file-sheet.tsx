import { type ImportMenu, type MenuFile, refusedWith } from '@comanda/client';
import { useId, useState } from 'react';
import { comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { useMay } from '../../house/who.ts';
import { inWords } from '../../house/wording.ts';
import { Button } from '../../parts/button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Sheet } from '../../parts/sheet.tsx';

/** The menu as a file: to be kept, changed by other tools, or given to another restaurant. */
export function FileSheet({ onClose }: { onClose: () => void }) {
  const may = useMay();
  const { run, busy } = useDoing({
    call: () => comanda.menu.export.query(),
    onDone: (menu) => download(menu),
    said: ({ items }) => `${items.length} items are in menu.json.`,
  });
  return (
    <Sheet open onClose={onClose} title="The menu as a file">
      <p>Everything but the photos and recipes, as JSON.</p>
      <div>
        <Button kind="main" busy={busy} onClick={() => run()}>
          Download
        </Button>
      </div>
      {may('import') && <Importing />}
    </Sheet>
  );
}

function download(menu: MenuFile): void {
  const file = new Blob([JSON.stringify(menu, null, 2)], { type: 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = 'menu.json';
  link.click();
  URL.revokeObjectURL(link.href);
}

function Importing() {
  const id = useId();
  const [read, setRead] = useState<ReadFile>();
  const { run, busy, error, reset } = useDoing({
    call: (menu: ImportMenu) => comanda.menu.import.mutate(menu),
    touches: ['menu'],
    said: ({ items }) => `${items.added} items added, ${items.changed} changed.`,
    onDone: () => setRead(undefined),
    onRefused: () => true,
  });
  const choose = async (file: File | undefined) => {
    reset();
    setRead(file && { name: file.name, menu: readMenu(await file.text()) });
  };
  const menu = read?.menu;
  return (
    <section className="stack" aria-label="Bring a file in">
      <div className="field">
        <label htmlFor={id}>Bring a file in</label>
        <input
          id={id}
          type="file"
          accept=".json,application/json"
          onChange={({ target }) => {
            void choose(target.files?.[0]);
            target.value = '';
          }}
        />
        <p className="hint">
          What has the address of something that is there changes it, all else is added. Nothing is
          removed. Either all of it comes in, or nothing.
        </p>
      </div>
      {read && !menu && <Notice kind="bad">{read.name} is not a menu in JSON.</Notice>}
      {error !== null && error !== undefined && <Wrong error={error} menu={menu} />}
      {read && menu && (
        <>
          <p>
            {read.name}: {menu.categories?.length ?? 0} categories and {menu.items?.length ?? 0}{' '}
            items.
          </p>
          <div>
            <Button kind="main" busy={busy} onClick={() => run(menu)}>
              Bring it in
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

interface ReadFile {
  name: string;
  /** Undefined: it is none. */
  menu: ImportMenu | undefined;
}

/** Whether it is a menu at all; what is in it is judged by the service. */
function readMenu(text: string): ImportMenu | undefined {
  try {
    const read: unknown = JSON.parse(text);
    const isMenu =
      typeof read === 'object' && read !== null && ('items' in read || 'categories' in read);
    return isMenu ? (read as ImportMenu) : undefined;
  } catch {
    return undefined;
  }
}

/** Every row that does not fit, by its name. */
function Wrong({ error, menu }: { error: unknown; menu: ImportMenu | undefined }) {
  if (!refusedWith(error, 'VALIDATION')) return <Notice kind="bad">{inWords(error)}</Notice>;
  const { issues, more } = error.details;
  return (
    <Notice kind="bad">
      <div className="stack">
        <p>Nothing was brought in:</p>
        <ul>
          {issues.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              {rowAt(path, menu)}: {message}
            </li>
          ))}
        </ul>
        {more > 0 && <p>And {more} more.</p>}
      </div>
    </Notice>
  );
}

function rowAt(path: string, menu: ImportMenu | undefined): string {
  const [list, at, ...field] = path.split('.');
  if (list !== 'items' && list !== 'categories') return path;
  const row = menu?.[list]?.[Number(at)];
  const name = row && ('title' in row ? row.title : row.name);
  return [name ?? `${list} ${Number(at) + 1}`, ...field].join(', ');
}
