import { registerHooks } from 'node:module';

// `node --import`: an installation that left out the packages of AWS.
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier.replace(/^@aws-sdk\//, '@aws-sdk-that-is-not-there/'), context),
});
