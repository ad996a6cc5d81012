import { type Client, isFault, refusedWith } from '@comanda/client';
import { bad, type Finding, ok, warn } from './findings.ts';

const PATIENCE_MS = 5_000;
const SLOW_MS = 500;
const LOOKS = 5;
/** The header tells whole seconds. */
const SKEW_MS = { warn: 5_000, bad: 120_000 };

/** Whether anything answers, how soon, and whether its clock is ours; nothing else is asked where none does. */
export async function reached(url: string): Promise<Finding[]> {
  const took: number[] = [];
  let date: string | null = null;
  try {
    for (let look = 0; look < LOOKS; look += 1) {
      const begun = performance.now();
      const answer = await fetch(`${url}/health`, { signal: AbortSignal.timeout(PATIENCE_MS) });
      await answer.text();
      if (!answer.ok) {
        const advice = 'Is --url right, and no proxy in between?';
        return [bad('service', `${url} answers ${answer.status}, as no Comanda does.`, advice)];
      }
      took.push(performance.now() - begun);
      ({ date } = { date: answer.headers.get('date') });
    }
  } catch {
    return [bad('service', `Nothing answers at ${url}.`, 'Is it running, and is --url right?')];
  }
  return [ok('service', `${url} answers.`), latencyOf(took), skewOf(date)];
}

function latencyOf(took: number[]): Finding {
  const middle = took.toSorted((one, other) => one - other)[LOOKS >> 1] ?? 0;
  const words = `It answers in ${Math.round(middle)} ms; the slowest of ${LOOKS} took ${Math.round(Math.max(...took))} ms.`;
  if (middle <= SLOW_MS) return ok('latency', words);
  return warn('latency', words, 'The way there is long, or the service busy.');
}

function skewOf(date: string | null): Finding {
  const theirs = Date.parse(date ?? '');
  if (Number.isNaN(theirs)) return warn('clock', 'It tells no time.', 'A proxy takes Date away.');
  // It was cut to the second.
  const ahead = Date.now() - (theirs + 500);
  const seconds = Math.round(Math.abs(ahead) / 1000);
  if (seconds * 1000 < SKEW_MS.warn) return ok('clock', 'Both clocks agree.');
  const words = `The clock here is ${seconds} seconds ${ahead > 0 ? 'fast' : 'slow'}.`;
  const advice = 'Let this machine set its clock by NTP; or that one, if it is wrong.';
  return seconds * 1000 < SKEW_MS.bad ? warn('clock', words, advice) : bad('clock', words, advice);
}

interface Ready {
  status?: string;
  reasons?: string[];
  degraded?: string[];
}

/** Whether it takes calls, in its own words. */
export async function ready(url: string): Promise<Finding> {
  let told: Ready;
  try {
    const answer = await fetch(`${url}/ready`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    told = (await answer.json()) as Ready;
  } catch {
    return bad('ready', 'It does not say whether it is ready.', 'Look at its log.');
  }
  const { status, reasons = [], degraded = [] } = told;
  if (status !== 'ready') {
    const advice = 'Whoever runs it finds the cause with comanda-server doctor.';
    return bad(
      'ready',
      `It takes no calls: ${reasons.join(', ') || 'it does not say why'}.`,
      advice,
    );
  }
  if (degraded.length === 0) return ok('ready', 'It takes calls.');
  return warn('ready', `It takes calls, without ${degraded.join(', ')}.`, 'Tell whoever runs it.');
}

/** Whether this command and that service understand each other. */
export async function understands(client: Client): Promise<Finding> {
  try {
    await client.permissions.matrix.query();
    return ok('contract', 'It understands this command.');
  } catch (error) {
    if (refusedWith(error, 'UPGRADE_REQUIRED')) {
      const { yours, ours } = error.details;
      const words = `It speaks version ${ours} of the contract, and this command ${yours}.`;
      return bad('contract', words, 'Take the comanda of the same version.');
    }
    if (refusedWith(error, 'QUOTA_EXCEEDED') || refusedWith(error, 'TOKEN_INVALID')) {
      return ok('contract', 'It understands this command.');
    }
    const why = error instanceof Error ? error.message : String(error);
    const advice = isFault(error) ? 'Look at its log.' : 'Try again in a while.';
    return bad('contract', `A call failed: ${why}`, advice);
  }
}
