import { expect, test } from '@jest/globals';
import { startProgram } from '../program.ts';

test('it prints what it serves, and runs until it is told to stop', async () => {
  const args = ['tools/desk-director/cli.ts', '--port', '0', '--api-key', 'chosen'];
  const cli = startProgram(process.execPath, args);
  await cli.printed('Ctrl+C');
  const lines = cli.output().split('\n');
  const url = lines.find((line) => line.startsWith('DESKDIRECTOR_BASE_URL='))?.split('=')[1];
  const ids = lines.filter((line) => /^\d+-\d+ /.test(line)).map((line) => line.split(' ')[0]);
  const headers = { authorization: 'DdApi chosen' };
  const connector = `${url}/api/v2/automate/connector`;
  const connection = await fetch(`${connector}/connections/test`, { headers });
  const statuses = await Promise.all(
    ids.map(async (id) => {
      const answer = await fetch(`${connector}/chat-sessions/${id}`, { headers });
      return answer.json();
    }),
  );
  cli.kill('SIGINT');

  expect(await cli.ended).toBe(0);
  expect(connection.status).toBe(200);
  expect(statuses).toMatchObject([{ status: 'handled' }, { status: 'missed' }]);
  expect(lines).toContain('authData_site=support.deskdirector.com');
  expect(lines).toContain('authData_apiKey=chosen');
  expect(lines).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^contact_id +501 +Quilla Fernwhistle$/),
      expect.stringMatching(/^member_id +71 +Sprocket Wrenchley$/),
      expect.stringMatching(/^company_id +3101 +Fernwhistle Florists$/),
      expect.stringMatching(/^request_type_id +11 +Report a Problem$/),
    ]),
  );
  // A command is one line, so that it can be pasted anywhere.
  expect(lines.filter((line) => line.length > 80 && !line.startsWith('npx '))).toEqual([]);
});
