import { parseArgs } from 'node:util';
import { environment } from '../config.ts';

interface Command {
  usage: string;
  does: string;
  run(args: string[]): Promise<void> | void;
}

/** Each is loaded by itself: a start takes nothing of the others. */
export const commands: Record<string, Command> = {
  serve: {
    usage: 'serve',
    does: 'Starts the server (also what happens without a command).',
    run: alone(async () => (await import('./serve.ts')).serve()),
  },
  migrate: {
    usage: 'migrate',
    does: 'Brings the database up to date, without starting.',
    run: alone(async () => (await import('./migrate.ts')).runMigrations()),
  },
  seed: {
    usage: 'seed',
    does: 'Plants the demo restaurant into an empty database and prints its passwords. Not in production.',
    run: alone(async () => (await import('./seed.ts')).seed()),
  },
  'create-admin': {
    usage: 'create-admin <username> [--restaurant <slug>]',
    does: 'Makes an admin and prints their password.',
    run: async (args) => (await import('./accounts.ts')).createAdmin(args),
  },
  'set-password': {
    usage: 'set-password <name>',
    does: 'Gives a person a new password, prints it, and ends their sessions.',
    run: async (args) => (await import('./accounts.ts')).setPassword(args),
  },
  'rotate-keys': {
    usage: 'rotate-keys [--file <path>] [--lead <seconds>]',
    does: 'Adds a key that signs after a minute (or --lead) and lets the old ones run out; makes a missing file.',
    run: async (args) => (await import('./keys.ts')).rotateKeys(args),
  },
  backup: {
    usage: 'backup <folder> [--pictures-only]',
    does: 'Copies database and pictures into a folder of their own in it, while a server runs too.',
    run: async (args) => (await import('./backup.ts')).backUp(args),
  },
  restore: {
    usage: 'restore <folder of a backup> [--force] [--end-sessions]',
    does: 'Puts a backup in place of what is there; --force puts that aside. Not while a server runs.',
    run: async (args) => (await import('./restore.ts')).restore(args),
  },
  config: {
    usage: 'config check [--json]',
    does: 'Tells every setting, where it comes from, and all that is wrong; secrets never.',
    run: async (args) => {
      const { tellConfig } = await import('./config-check.ts');
      process.exitCode = await tellConfig(args, environment());
    },
  },
  doctor: {
    usage: 'doctor [--json]',
    does: 'Looks at all that a server needs, changes nothing, and says what to do.',
    run: async (args) => (await import('./doctor.ts')).doctor(args),
  },
  erase: {
    usage: 'erase <account id>',
    does: 'Erases somebody who is there again after a backup was restored; nobody else is erased by others.',
    run: async (args) => (await import('./accounts.ts')).eraseAccount(args),
  },
  'plant-staff': {
    usage: 'plant-staff [--set all|kitchen|test] [--restaurant <slug>]',
    does: 'Makes up staff and prints their passwords: one of every role, a kitchen’s, or two known by phone. Not in production.',
    run: async (args) => (await import('./plant-staff.ts')).plantStaff(args),
  },
  'demo-reset': {
    usage: 'demo-reset',
    does: 'Throws the demo data away; the next start plants it anew. Not in production.',
    run: alone(async () => (await import('./demo.ts')).resetDemo()),
  },
  help: {
    usage: 'help',
    does: 'Shows this.',
    run: () => console.log(help()),
  },
};

/** Refuses arguments: a misspelt option must not start a server. */
function alone(run: () => Promise<void> | void): Command['run'] {
  return (args) => {
    parseArgs({ args });
    return run();
  };
}

function help(): string {
  const width = Math.max(...Object.values(commands).map(({ usage }) => usage.length));
  const lines = Object.values(commands).map(
    ({ usage, does }) => `  ${usage.padEnd(width)}  ${does}`,
  );
  return [
    'Usage: comanda-server [command]',
    '',
    ...lines,
    '',
    'Settings come from the environment: see docs/configuration.md.',
  ].join('\n');
}
