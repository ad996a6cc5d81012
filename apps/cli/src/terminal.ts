import { CLEARED, Progress } from './progress.ts';
import { failureInJson, failureInWords, inJson, inWords } from './telling.ts';

/** Where answers and failures are written. */
export class Terminal {
  readonly #json: boolean;

  constructor({ json }: { json: boolean }) {
    this.#json = json;
  }

  say(text: string): void {
    process.stdout.write(`${text}\n`);
  }

  /** For people in words, for programs as it is. */
  tell(answer: unknown, words = () => inWords(answer)): void {
    this.say(this.#json ? inJson(answer) : words());
  }

  /** One line for each, so that a program can read them as they come. */
  tellNext(event: unknown, words: (event: unknown) => string = inWords): void {
    this.say(this.#json ? JSON.stringify(event) : words(event));
  }

  /** What is told at once of something longer, for people; programs are told all of it at the end. */
  line(text: string): void {
    if (!this.#json) this.say(text);
  }

  /** Beside the answers, for people: programs are told by the exit code. */
  note(text: string): void {
    if (this.#json) return;
    const over = process.stderr.isTTY ? CLEARED : '';
    process.stderr.write(`${over}${text}\n`);
  }

  /** For whoever wonders why nothing happens. */
  readonly waiting = () =>
    this.note('Waiting: the quota is used up and comes back by itself, or the service is slow.');

  /** A bar for what takes several steps, where somebody looks on. */
  progress(steps: number): Progress {
    return new Progress(this.#json || steps < 2 ? undefined : process.stderr, steps);
  }

  complain(error: unknown): void {
    process.stderr.write(`${this.#json ? failureInJson(error) : failureInWords(error)}\n`);
  }
}
