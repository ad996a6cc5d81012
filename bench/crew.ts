import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A process of its own that does what it is told and reports; it ends with the scope, or with this process. */
export interface Hired<Order, Report> extends AsyncDisposable {
  readonly pid: number;
  /** One order at a time. */
  tell(order: Order): Promise<Report>;
}

export function hire<Order, Report>(file: string): Hired<Order, Report> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)));
  const gone = once(child, 'exit').then(([code]) => {
    throw new Error(`${file} ended with ${String(code)}`);
  });
  gone.catch(() => undefined); // told to whoever waits for a report
  return {
    pid: child.pid ?? 0,
    tell: async (order) => {
      const reported = once(child, 'message');
      child.send(order as object);
      const [report] = await Promise.race([reported, gone]);
      return report as Report;
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await gone.catch(() => undefined);
    },
  };
}

/** The other side: what a hired process does with each order. */
export function onOrder<Order, Report>(work: (order: Order) => Promise<Report>): void {
  process.on('message', (order) => {
    void work(order as Order).then((report) => process.send?.(report));
  });
  process.on('disconnect', () => process.exit());
}
