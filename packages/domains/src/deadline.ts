import { kernelErrors } from '@comanda/kernel/kernel.errors';

const RETRY_AFTER_MS = 1_000;

/**
 * Answers after `ms` at the latest. A mutation that took longer may still take effect, and is told so;
 * Node's own time-outs do not fire while a handler runs.
 */
export async function within<Answer>(
  ms: number,
  { type, work }: { type: 'query' | 'mutation'; work: () => Promise<Answer> },
): Promise<Answer> {
  const tooLate = type === 'query' ? kernelErrors.OVERLOADED : kernelErrors.OUTCOME_UNKNOWN;
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooLate({ retryAfterMs: RETRY_AFTER_MS })), ms);
  });
  try {
    return await Promise.race([work(), limit]);
  } finally {
    clearTimeout(timer);
  }
}
