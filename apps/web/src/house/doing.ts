import { useMutation } from '@tanstack/react-query';
import { readAnew } from './comanda.ts';
import { inWords } from './wording.ts';
import { useSay } from '../parts/toasts.tsx';

interface Doing<Input, Data> {
  /** The call. */
  call: (input: Input) => Promise<Data>;
  /** What is said when it is done. */
  said?: string | ((data: Data, input: Input) => string);
  onDone?: (data: Data, input: Input) => void;
  /**
   * The routers whose answers are read anew afterwards, such as `orders`. Not all: every read counts
   * against the reader's quota.
   */
  touches?: readonly string[];
  /** Answers true where the page itself tells what went wrong; else it is said in a toast. */
  onRefused?: (error: unknown, input: Input) => boolean;
}

/**
 * One change that a button makes; what went wrong is said. While it is under way `busy` is true, and
 * another press does nothing.
 */
export function useDoing<Input = void, Data = unknown>(
  doing: Doing<Input, Data>,
): {
  run: (input: Input) => void;
  busy: boolean;
  error: unknown;
  /** With what it was last begun: tells which of many buttons is the busy one. */
  input: Input | undefined;
  reset: () => void;
} {
  const say = useSay();
  const { mutate, isPending, error, variables, reset } = useMutation({
    mutationFn: doing.call,
    onSuccess: (data, input) => {
      const { said } = doing;
      if (said !== undefined) say(typeof said === 'string' ? said : said(data, input));
      doing.onDone?.(data, input);
    },
    onError: (wrong, input) => {
      if (!doing.onRefused?.(wrong, input)) say(inWords(wrong), 'bad');
    },
    onSettled: () => readAnew(doing.touches ?? []),
  });
  const run = (input: Input) => {
    if (!isPending) mutate(input);
  };
  return { run, busy: isPending, error, input: variables, reset };
}
