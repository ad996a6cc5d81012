import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What a store answers: a text, or an error by the name that AWS gives it; `silence` answers never. */
export type Kept = string | { error: string } | 'silence';

/** Parameter Store and Secrets Manager as they speak on the wire. Who does not sign their request is refused. */
export interface Stores extends AsyncDisposable {
  /** By what is asked for: `ssm /comanda/auth-keys`. May be changed at any time. */
  readonly kept: Record<string, Kept>;
  /** What was asked for, in turn. */
  readonly asked: string[];
  /** For whoever is to ask here. */
  readonly env: Record<string, string>;
}

const KEY_ID = 'AKIDCOMANDATEST';
const SECRET_KEY = 'canary-of-the-access-key';
const REGION = 'eu-central-1';

/** By the first part of X-Amz-Target. */
const SERVICES: Record<string, { service: string; read: string; name: string }> = {
  AmazonSSM: { service: 'ssm', read: 'GetParameter', name: 'Name' },
  secretsmanager: { service: 'secretsmanager', read: 'GetSecretValue', name: 'SecretId' },
};

export async function openStores(kept: Record<string, Kept>): Promise<Stores> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const body = await text(request);
      const answer = answerTo(request, body, (what) => {
        asked.push(what);
        return kept[what];
      });
      if (!answer) return;
      const status = '__type' in answer ? 400 : 200;
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(answer));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    kept,
    asked,
    env: {
      AWS_REGION: REGION,
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: KEY_ID,
      AWS_SECRET_ACCESS_KEY: SECRET_KEY,
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Answer = Record<string, unknown>;
const refused = (__type: string): Answer => ({ __type, message: 'canary: arn:aws:iam::123:role' });

function answerTo(
  request: IncomingMessage,
  body: string,
  look: (what: string) => Kept | undefined,
): Answer | undefined {
  const [target = '', verb] = String(request.headers['x-amz-target']).split('.');
  const { service, read, name } = SERVICES[target] ?? {};
  if (!service || verb !== read) return refused('UnknownOperationException');
  if (!isSigned(request, body, service)) return refused('InvalidSignatureException');
  const input = JSON.parse(body) as Answer;
  const at = String(input[name ?? '']);
  const found = look(`${service} ${at}`);
  if (found === 'silence') return undefined;
  if (typeof found === 'object') return refused(found.error);
  if (service === 'secretsmanager') {
    return found === undefined
      ? refused('ResourceNotFoundException')
      : { ARN: at, Name: at, SecretString: found };
  }
  if (found === undefined) return refused('ParameterNotFound');
  const Value = input['WithDecryption'] === true ? found : 'still encrypted';
  return { Parameter: { Name: at, Type: 'SecureString', Value } };
}

const sha256 = (of: string) => createHash('sha256').update(of).digest('hex');
const hmac = (key: string | Buffer, of: string) => createHmac('sha256', key).update(of).digest();

/** AWS's signature, version 4, reckoned from what arrived. */
function isSigned({ method, url, headers }: IncomingMessage, body: string, service: string) {
  const found =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^,]+), SignedHeaders=([^,]+), Signature=(\w+)$/.exec(
      headers.authorization ?? '',
    );
  const [, keyId, day = '', scope, signed = '', signature] = found ?? [];
  if (keyId !== KEY_ID || scope !== `${REGION}/${service}/aws4_request`) return false;
  const lines = signed.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const asked = [method, url, '', lines.join(''), signed, sha256(body)].join('\n');
  const time = String(headers['x-amz-date']);
  const said = ['AWS4-HMAC-SHA256', time, `${day}/${scope}`, sha256(asked)].join('\n');
  const key = [day, REGION, service, 'aws4_request'].reduce<string | Buffer>(
    hmac,
    `AWS4${SECRET_KEY}`,
  );
  return hmac(key, said).toString('hex') === signature;
}
