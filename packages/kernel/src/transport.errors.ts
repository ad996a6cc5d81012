import { z } from 'zod';
import { defineErrors, refusal } from './errors.ts';

/** How a call is refused before, or without, a procedure; any call may get one of these. */
export const transportErrors = defineErrors({
  UNSUPPORTED_MEDIA_TYPE: refusal(
    'UNSUPPORTED_MEDIA_TYPE',
    'Bodies are JSON, not compressed.',
    'Send `Content-Type: application/json` and no `Content-Encoding`.',
  ),
  PAYLOAD_TOO_LARGE: refusal(
    'PAYLOAD_TOO_LARGE',
    'The body is too large.',
    'Send less in one call; the limit is 64 KiB.',
  ),
  NOT_ACCEPTABLE: refusal(
    'NOT_ACCEPTABLE',
    'This is not told in any of the formats that you take.',
    'Ask for JSON, XML or YAML by `Accept`; lists come as CSV, too.',
  ),
  METHOD_NOT_ALLOWED: refusal(
    'METHOD_NOT_SUPPORTED',
    'This method is not used here.',
    'Procedures: queries by GET or POST, mutations by POST. Elsewhere `Allow` says it.',
  ),
  BATCH_TOO_LARGE: refusal(
    'BAD_REQUEST',
    'Too many calls in one batch.',
    'Split the batch; `details.limit` calls may travel together.',
    z.object({ limit: z.int() }),
  ),
  NOT_BATCHABLE: refusal(
    'BAD_REQUEST',
    'Sign-in calls travel alone, never in a batch.',
    'Send the call by itself.',
  ),
  BAD_HOST: refusal(
    'BAD_REQUEST',
    'The Host header names no host that is served here.',
    'Call the service by its published name.',
  ),
  UPGRADE_REQUIRED: refusal(
    'UPGRADE_REQUIRED',
    'This client was built for another version of the service.',
    'Load the newest client: a page reloads, a program installs the version of `details.ours`.',
    z.object({ yours: z.string(), ours: z.string() }),
  ),
  NO_SUCH_PROCEDURE: refusal(
    'NOT_FOUND',
    'There is no such procedure or address.',
    'Check the name; the client knows them all.',
  ),
  INTERNAL: refusal(
    'INTERNAL_SERVER_ERROR',
    'Something went wrong on our side.',
    'Try again; if it stays, tell the operator the request id.',
  ),
});
