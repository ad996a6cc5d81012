import { commands } from './commands/commands.ts';
import { inWords } from './commands/start-failures.ts';

const [name = 'serve', ...args] = process.argv.slice(2);
const wanted = name === '--help' || name === '-h' ? 'help' : name;
const command = Object.hasOwn(commands, wanted) ? commands[wanted] : undefined;

if (!command) {
  console.error(`comanda-server knows no command ${name}; \`comanda-server help\` lists them.`);
  process.exitCode = 2;
} else {
  try {
    await command.run(args);
  } catch (error) {
    console.error(inWords(error));
    process.exit(1);
  }
}
