import type { TestApp } from '@comanda/testing';
import { type Answer, ask, type Call, inputOf } from '../spec/access.calls.ts';
import { askRest, heardOn, type Problem } from './asking.ts';
import { placeOf } from './document.ts';
import { misfits } from './fitting.ts';

/** Pictures have no place in the mirror: they come and go beside it. */
const BESIDE = 'files.upload';

/** One call by REST, told in the shape in which tRPC would have told it, so that both are judged alike. */
export async function askByRest(app: TestApp, call: Call): Promise<Answer> {
  const { path, ids, token } = call;
  if (path === BESIDE) return ask(app, call);
  const input = inputOf(path, ids) as object | undefined;
  const answer = await askRest(app, path, {
    input: { ...named(path, ids), ...input },
    token,
    headers: { 'x-request-id': 'access-spec' },
  });
  const { status } = answer;
  // What is told of time and of what was used before is another matter.
  const headers = [...answer.headers].filter(([name]) => !['date', 'ratelimit'].includes(name));
  const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
  const isStream = type === 'text/event-stream';
  const text = await (isStream
    ? heardOn(answer, (told) => told.includes('data: '))
    : answer.text());
  const [, value = ''] = isStream ? (/^data: (.*)$/m.exec(text) ?? []) : [text, text];
  const { operation } = placeOf(path);
  const wrong = misfits(operation, { status, type, value: JSON.parse(value) });
  if (wrong.length > 0) throw new Error(`not as the document says: ${wrong.join('; ')}`);
  return { status, headers, text: JSON.stringify(status < 400 ? { result: text } : refused(text)) };
}

/** In a path the restaurant has to stand, where other calls may leave it out. */
function named(path: string, { restaurantId }: Call['ids']) {
  return placeOf(path).path.includes('{restaurantId}') ? { restaurantId } : {};
}

function refused(text: string) {
  const { status: httpStatus, code: reason, details } = JSON.parse(text) as Problem;
  return { error: { json: { data: { httpStatus, reason, details } } } };
}
