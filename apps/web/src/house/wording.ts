import { CallError, type FaultDetails, isFault, refusedWith } from '@comanda/client';

const FAULTS: Record<FaultDetails['because'], string> = {
  unreachable: 'The restaurant cannot be reached. Check your connection; nothing was lost.',
  answer: 'Something between here and the restaurant answered in its place. Try again.',
  deadline: 'That took too long. Look whether it happened before you try again.',
  aborted: 'That was stopped.',
  server: 'Something broke at the restaurant. Try again in a moment.',
  client: 'That could not be sent.',
};

/** A sentence for whoever looks at the page. */
export function inWords(error: unknown): string {
  if (refusedWith(error, 'QUOTA_EXCEEDED')) {
    return `That was too often. Again in ${seconds(error.details.retryAfterMs)}.`;
  }
  if (refusedWith(error, 'VALIDATION')) {
    const [issue] = error.details.issues;
    return issue ? `${issue.path}: ${plainly(issue.message)}` : error.message;
  }
  if (isFault(error)) return FAULTS[error.details.because];
  if (error instanceof CallError) return error.message;
  return 'Something in this page broke. Load it again.';
}

/** What the service says about one field of a form. */
export function issueOf(error: unknown, field: string): string | undefined {
  if (!refusedWith(error, 'VALIDATION')) return undefined;
  const issue = error.details.issues.find(({ path }) => path === field);
  return issue && plainly(issue.message);
}

/** How long a text may be is told in words that are for programmers. */
function plainly(message: string): string {
  const told = /^Too (small|big): expected string to have [<>]=(\d+) characters$/.exec(message);
  if (!told) return message;
  return `${told[1] === 'small' ? 'At least' : 'At most'} ${told[2]} characters, please.`;
}

function seconds(ms: number): string {
  const count = Math.max(1, Math.ceil(ms / 1_000));
  if (count < 90) return count === 1 ? 'a second' : `${count} seconds`;
  return `${Math.ceil(count / 60)} minutes`;
}
