import { join } from 'node:path';
import { FolderStore } from '@comanda/pictures/folder-store';
import { Pictures } from '@comanda/pictures/pictures';

/** Keeps pictures in this folder; what is being received lies beside them, so that nothing fills another disk. */
export function picturesIn(folder: string): Pictures {
  return new Pictures({
    store: new FolderStore(join(folder, 'pictures')),
    desk: join(folder, 'incoming'),
  });
}
