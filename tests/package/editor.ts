import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

interface Place {
  file: string;
  start: { line: number; offset: number };
}

interface Answer {
  type: string;
  request_seq: number;
  success: boolean;
  message?: string;
  body?: unknown;
}

/** What an editor asks TypeScript, asked in the same way: a file in a project, and places in it. */
export class Editor implements Disposable {
  readonly #server: ChildProcess;
  readonly #file: string;
  readonly #text: string;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #asked = 0;

  constructor(tools: string, project: string, text: string) {
    this.#file = join(project, 'editor.ts');
    this.#text = text;
    writeFileSync(this.#file, text);
    const tsserver = join(tools, 'node_modules/typescript-5/lib/tsserver.js');
    const args = [tsserver, '--disableAutomaticTypingAcquisition', '--suppressDiagnosticEvents'];
    this.#server = spawn(process.execPath, args, {
      cwd: project,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    if (this.#server.stdout) createInterface(this.#server.stdout).on('line', this.#hear);
    this.#tell('open', {});
  }

  /** The line where the thing is defined that starts with this text, and the name of its file. */
  async definition(of: string): Promise<{ file: string; line: string }> {
    const [place] = (await this.#ask('definition', this.#at(of))) as Place[];
    if (!place) throw new Error(`nothing defines ${of}`);
    const lines = readFileSync(place.file, 'utf8').split('\n');
    return { file: place.file, line: lines[place.start.line - 1]?.trim() ?? '' };
  }

  /** What is shown beside the mouse. */
  async hover(over: string): Promise<{ displayString: string; documentation: string }> {
    return (await this.#ask('quickinfo', this.#at(over))) as never;
  }

  /** What can be imported in front of this text, with what is said about each. */
  async offers(before: string): Promise<Record<string, string>> {
    const at = this.#at(before);
    const { entries } = (await this.#ask('completionInfo', at)) as {
      entries: { name: string; kind: string }[];
    };
    const entryNames = entries.filter(({ kind }) => kind !== 'keyword').map(({ name }) => name);
    const details = await this.#ask('completionEntryDetails', { ...at, entryNames });
    return Object.fromEntries(
      (details as { name: string; documentation: { text: string }[] }[]).map(
        ({ name, documentation }) => [name, documentation.map(({ text }) => text).join('')],
      ),
    );
  }

  [Symbol.dispose](): void {
    this.#server.kill();
  }

  #at(text: string): object {
    const start = this.#text.indexOf(text);
    if (start < 0) throw new Error(`the file does not say ${text}`);
    const before = this.#text.slice(0, start).split('\n');
    return { line: before.length, offset: (before.at(-1)?.length ?? 0) + 1 };
  }

  #ask(command: string, where: object): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(this.#tell(command, where), ({ success, message, body }) =>
        success ? resolve(body) : reject(new Error(`${command}: ${message}`)),
      );
    });
  }

  #tell(command: string, where: object): number {
    const seq = (this.#asked += 1);
    const request = { seq, type: 'request', command, arguments: { file: this.#file, ...where } };
    this.#server.stdin?.write(`${JSON.stringify(request)}\n`);
    return seq;
  }

  readonly #hear = (line: string): void => {
    if (!line.startsWith('{')) return;
    const answer = JSON.parse(line) as Answer;
    if (answer.type === 'response') this.#waiting.get(answer.request_seq)?.(answer);
  };
}
