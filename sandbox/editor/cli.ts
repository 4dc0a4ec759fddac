import { parseArgs } from 'node:util';
import { portNumber, readable } from '../arguments.ts';
import { startEditor } from './editor.ts';

const help = `A Zap editor on this computer, with the integration as it is built now.

node sandbox/editor/cli.ts [--port 4020]

  --port  where it listens on 127.0.0.1; 0 takes any free port
  --help  prints this

It runs until Ctrl+C.`;

try {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4020' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) console.log(help);
  else await run(portNumber(values.port));
} catch (error) {
  console.error(readable(error));
  process.exitCode = 1;
}

async function run(port: number): Promise<void> {
  const editor = await startEditor({ port });
  const stop = () => void editor.close();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  console.log(`The Zap editor is at ${editor.url}/\n\nCtrl+C stops it.`);
}
