import { endSignals, runProgram } from '../common/command-line.ts';
import { createAppProcess } from '../zap-runner/app-process.ts';
import { BUILT_APP } from '../zap-runner/zap-runner.ts';
import { whatIsChecked } from './app.ts';
import { checkSite } from './check.ts';
import { askYes, readConnection } from './connection.ts';
import { HELP, readFlags } from './flags.ts';
import { paragraph } from './output.ts';
import { saveSite } from './save.ts';

const listenTo = (what: string) =>
  `This subscribes to the ${what}s of the site. DeskDirector then sends the next ${what}, with the names of the people in it, through your tunnel to this computer. Afterwards the subscription is ended.`;

await runProgram(async () => {
  const flags = await readFlags(process.argv.slice(2));
  if (flags === null) return { text: HELP };
  const { session, find, save, yes, ticket: isTicket, address } = flags;
  const agree = async (words: string) => {
    console.log(`\n${paragraph(words)}`);
    if (!yes) await askYes();
  };
  const connection = await readConnection();
  console.log(paragraph(whatIsChecked(connection)));
  if (address !== null) await agree(listenTo(isTicket ? 'ticket' : 'chat'));

  const receiver = address === null ? undefined : { ...address, interrupt };
  const app = createAppProcess(BUILT_APP, {});
  const checked = checkSite(app, connection, { session, find, receiver, isTicket }, console.log);
  const { facts, isDifferent } = await checked.finally(app.stop);
  if (isDifferent) process.exitCode = 1;
  if (save === undefined) return { text: '' };
  if (facts === null) throw new Error('There is nothing to save.');
  await saveSite(save, facts, agree);
  return { text: `\nWritten: ${save}` };
});

/** Ends a wait, not the program, at a signal to end. */
function interrupt() {
  const stopped = new AbortController();
  const abort = () => stopped.abort();
  // A closed terminal can't be written to.
  const ignore = () => undefined;
  process.stdout.on('error', ignore);
  for (const signal of endSignals) process.on(signal, abort);
  return {
    stop: stopped.signal,
    release: () => {
      for (const signal of endSignals) process.off(signal, abort);
    },
  };
}
