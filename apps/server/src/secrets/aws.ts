import type { Place } from './place.ts';
import { NoSecret, type SecretStore } from './secret-store.ts';

// The SDK is large, and only installations on AWS need it: it is optional, and loaded when it is asked.

/** Region, credentials and another endpoint come from AWS's own settings. */
const CLIENT = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
};

const STORES: Record<Place['store'], () => Promise<SecretStore>> = {
  ssm: async () => {
    const { GetParameterCommand, SSMClient } = await import('@aws-sdk/client-ssm');
    const client = new SSMClient(CLIENT);
    return {
      read: async (Name, abortSignal) => {
        const command = new GetParameterCommand({ Name, WithDecryption: true });
        return (await client.send(command, { abortSignal })).Parameter?.Value;
      },
    };
  },
  secretsmanager: async () => {
    const { GetSecretValueCommand, SecretsManagerClient } =
      await import('@aws-sdk/client-secrets-manager');
    const client = new SecretsManagerClient(CLIENT);
    return {
      read: async (SecretId, abortSignal) => {
        const command = new GetSecretValueCommand({ SecretId });
        return (await client.send(command, { abortSignal })).SecretString;
      },
    };
  },
};

const PACKAGES = {
  ssm: '@aws-sdk/client-ssm',
  secretsmanager: '@aws-sdk/client-secrets-manager',
} as const;

/** Kept for whoever asks again: with it stay its connection and its credentials. */
const opened = new Map<Place['store'], Promise<SecretStore>>();

export function openStore(name: Place['store']): Promise<SecretStore> {
  const store = opened.get(name) ?? openedAnew(name);
  opened.set(name, store);
  return store;
}

async function openedAnew(name: Place['store']): Promise<SecretStore> {
  const store = await STORES[name]().catch((error: unknown) => {
    throw isMissing(error)
      ? new NoSecret(
          `needs ${PACKAGES[name]}, which is not installed: \`npm ci\` brings it, unless told to omit what is optional`,
        )
      : error;
  });
  return {
    read: async (at, signal) => {
      try {
        return await store.read(at, signal);
      } catch (error) {
        throw new NoSecret(told(error));
      }
    },
  };
}

function isMissing(error: unknown): boolean {
  return (error as { code?: unknown }).code === 'ERR_MODULE_NOT_FOUND';
}

/** Never what the SDK says: that names accounts and roles. */
function told(error: unknown): string {
  const { name = '', message = '', code } = error as Partial<NodeJS.ErrnoException>;
  if (/^Region (is missing|not accepted)/.test(message)) {
    return 'cannot be asked for: AWS_REGION is not set, or names no region';
  }
  switch (name) {
    case 'ParameterNotFound':
    case 'ParameterVersionNotFound':
    case 'ResourceNotFoundException':
      return 'is not there: look at its name, at AWS_REGION and at the account';
    case 'AccessDeniedException':
      return 'may not be read from here: allow it to the role of this server, its KMS key too';
    case 'CredentialsProviderError':
      return 'cannot be asked for: AWS finds no credentials here';
    case 'UnrecognizedClientException':
    case 'InvalidSignatureException':
    case 'IncompleteSignature':
    case 'ExpiredTokenException':
      return 'cannot be asked for: AWS does not accept the credentials that are here';
    case 'AbortError':
    case 'TimeoutError':
      return 'was not given in time: the store does not answer';
    default: {
      const reason = typeof code === 'string' && /^[A-Z_]+$/.test(code) ? code : name;
      return `was not given (${/^\w{1,60}$/.test(reason) ? reason : 'for an unknown reason'})`;
    }
  }
}
