import { parseArgs } from 'node:util';
import { portNumber, runProgram } from '../common/command-line.ts';
import { readReplay } from '../desk-director/site-file.ts';
import { startEditor } from './editor.ts';

const HELP = `Starts a Zap editor on this computer, for the integration as it is built now.

node tools/zap-editor/cli.ts [--port 4020] [--replay FILE]

  --port    the port on 127.0.0.1; 0 takes any free port
  --replay  shows the forms of a site that "npm run check-site" has saved
  --help    prints this text

It runs until you press Ctrl+C.`;

await runProgram(async () => {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4020' },
      replay: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return { text: HELP };
  const port = portNumber(values.port);
  const deskDirector = await readReplay(values.replay);
  const { url, close } = await startEditor({ port, deskDirector });
  return { text: `The Zap editor is at ${url}/\n\nCtrl+C stops it.`, stop: close };
});
