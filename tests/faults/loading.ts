import { registerHooks } from 'node:module';

// Loads a module of the server and tells what of OpenTelemetry that asks for: node loading.ts <module>.

registerHooks({
  resolve(name, context, next) {
    if (name.startsWith('@opentelemetry/')) process.stdout.write(`asks for ${name}\n`);
    return next(name, context);
  },
});
await import(`@comanda/server/${process.argv[2]}`);
process.stdout.write('loaded\n');
