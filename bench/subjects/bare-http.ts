import { createServer } from 'node:http';
import { onOrder } from '../crew.ts';
import { type Serving, serving } from './serving.ts';

export interface BareHttpOrder {
  /** What every request is answered. */
  text: string;
}

/** As little as Node can do for a request: the same stored bytes for whatever is asked. */
onOrder<BareHttpOrder, Serving>(({ text }) => {
  const body = Buffer.from(text);
  const headers = { 'content-type': 'application/json', 'content-length': body.length };
  return serving(
    createServer((_request, response) => {
      response.writeHead(200, headers);
      response.end(body);
    }),
  );
});
