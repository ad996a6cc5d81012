import type { Folder } from './folder.ts';
import type { Service } from './remote.ts';
import type { Terminal } from './terminal.ts';

/** Where a command is done: who is asked, and who is told. */
export interface Desk {
  service: Service;
  folder: Folder;
  terminal: Terminal;
  /** What it takes is asked for, and not that it be done. */
  help: boolean;
}

/** Answers how the process ends, where it told everything and that was not all good. */
export type Command = (desk: Desk, args: string[]) => Promise<number | void> | number | void;
