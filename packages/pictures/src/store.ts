import type { Readable } from 'node:stream';

/** Where files are kept by their names; a name is written once. */
export interface FileStore {
  put(name: string, bytes: Uint8Array): Promise<void>;
  /** Undefined where there is none. */
  open(name: string): Promise<OpenFile | undefined>;
  /** Also of one that is not there. */
  remove(name: string): Promise<void>;
}

export interface OpenFile {
  bytes: Readable;
  /** How many. */
  size: number;
}
