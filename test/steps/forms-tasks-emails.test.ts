import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import { hurried } from '../helpers/clock.ts';
import {
  ask,
  describeAs,
  IN_TEST,
  refusal,
  seen,
  sent,
  site,
  UNREADABLE,
} from '../helpers/described-site.ts';
import { flaws } from '../helpers/output-fields.ts';
import { Answer } from '../helpers/prepared-site.ts';
import {
  boolean,
  int64,
  integer,
  list as listOf,
  object,
  required,
  string,
} from '../helpers/schema.ts';
import { failure } from '../helpers/zapier.ts';

const keysOf = (fields: Record<string, unknown>[]) => fields.map(({ key }) => key);

describe('a form result', () => {
  const FORM = 'GET /schema/v2/form/3/$result-response';
  const LARGE = '9007199254740993';
  const RESULT = `GET /v2/forms/3/results/${LARGE}`;
  const ANSWERS = {
    [FORM]: object({
      resultId: int64,
      newColleague: object({ name: string, start: string }),
      laptops: listOf(object({ model: string })),
    }),
    [RESULT]: new Answer(
      `{"resultId":${LARGE},"id":${LARGE},"entityId":5,"newColleague":{"name":"Bo"}}`,
    ),
  };
  const FOUND = { newColleague: { name: 'Bo', start: null }, laptops: null, resultId: null };
  const answer = (more: object = {}) => site.answer({ ...ANSWERS, ...more });
  beforeEach(() => answer());
  const perform = 'searches.find_form_result.operation.perform';
  const find = (result_id: unknown, meta = {}) => ask(perform, { form_id: '3', result_id }, meta);

  test('has an ID beyond 2^53 as text from end to end, also within the result', async () => {
    const { results, warnings } = await find(` ${LARGE}\n`);
    expect(results).toMatchObject([{ ...FOUND, id: LARGE, resultId: LARGE }]);
    expect(warnings).toEqual([]);
    expect(seen()).toEqual([FORM, RESULT]);
  });

  test.each(['12', 12, '9223372036854775807'])('has the ID that was asked for: %j', async (id) => {
    answer({ [`GET /v2/forms/3/results/${id}`]: { id: 99, entityId: 5, laptops: [] } });
    expect((await find(id)).results).toMatchObject([{ id: String(id), id_site: 99, laptops: [] }]);
  });

  test.each<[unknown, string]>([
    ['9223372036854775808', 'does not hold the ID of a form result'],
    ['-1', 'does not hold the ID of a form result'],
    ['Bo', 'does not hold the ID of a form result'],
    [9007199254740992, 'holds a number whose last digits were lost'],
    ['', 'is empty'],
  ])('is not asked for by %j', async (id, words) => {
    const { message } = await refusal(perform, { form_id: '3', result_id: id });
    expect(message).toContain(`The field "Form Result" ${words}`);
    expect(seen()).toEqual([]);
  });

  test.each([
    ['has no such result', {}],
    ['no longer has the form', { [FORM]: new Answer('{}', 404) }],
  ])('is not found when the site %s', async (_, more) => {
    answer(more);
    expect((await find('8')).results).toEqual([]);
  });

  test('is as the site sent it when the form is not described', async () => {
    answer({ [FORM]: UNREADABLE, 'GET /v2/forms/3/results/8': { resultId: 8, formId: 3 } });
    expect((await find('8')).results).toEqual([{ id: '8', resultId: 8, formId: 3 }]);
  });

  test('has the fields of the form, and only the ID before one is chosen', async () => {
    const fields = async (inputData: object) =>
      (await ask('searches.find_form_result.operation.outputFields', inputData)).results;
    const names = ['resultId', 'newColleague__name', 'newColleague__start', 'laptops'];
    expect(keysOf(await fields({ form_id: '3' }))).toEqual(['id', ...names]);
    answer();
    expect(keysOf(await fields({}))).toEqual(['id']);
    expect(seen()).toEqual([]);
  });

  test('is made up in a test with a made-up ID', async () => {
    const { results } = await find('2000001001', IN_TEST);
    expect(results).toMatchObject([{ id: '2000001001', laptops: [{ model: /^Example / }] }]);
    expect(seen()).toEqual([FORM]);
  });
});

describe('the tasks of a ticket', () => {
  const LIST = {
    id: integer,
    title: string,
    tags: listOf(string),
    owner: object({ name: string }),
  };
  const TASKS = listOf(object({ id: integer, title: string, isDone: boolean }));
  const listsOf = (properties: object) =>
    describeAs('GetTicketTaskListsResponse', object({ results: listOf(object(properties)) }));
  const answer = (tasks: unknown, lists: object = listsOf({ ...LIST, tasks: TASKS })) =>
    site.answer({ ...lists, 'GET /tickets/7/tasks': tasks });
  const NOT_DESCRIBED = describeAs('GetTicketTaskListsResponse', UNREADABLE);
  const find = (ticket_id = '7', meta = {}) =>
    ask('searches.find_ticket_tasks.operation.perform', { ticket_id }, meta);
  const fields = async () =>
    (await ask('searches.find_ticket_tasks.operation.outputFields')).results;

  const list = { id: 1, title: 'Setup', tags: ['x'], owner: { name: 'Bo' }, extra: 'e' };
  const OF_A_TASK = ['id', 'title', 'isDone'];
  const { id } = LIST;
  const row = { list_id: 1, list_title: 'Setup', list_extra: 'e', id: 2, title: 'Laptop' };

  test.each<[string, unknown]>([
    ['results', { results: [{ ...list, tasks: [{ id: 2, title: 'Laptop' }] }], total: 1 }],
    ['a bare list', [{ ...list, Tasks: [{ id: 2, title: 'Laptop' }] }]],
    ['one list', [{ ...list, tasks: { id: 2, title: 'Laptop' } }]],
  ])('are line items of one result, with the values of their list: %s', async (_, answered) => {
    answer(answered);
    const { results } = await find();
    expect(results).toEqual([{ id: '7', tasks: [{ ...row, isDone: null }] }]);
    expect(flaws(results[0] ?? {}, await fields())).toEqual([]);
  });

  test('are all tasks of all lists', async () => {
    const tasks = [{ id: 3 }, { id: 4 }];
    answer([
      { ...list, tasks },
      { id: 5, tasks: null },
      { id: 6, tasks: [{ id: 7 }] },
    ]);
    const { results } = await find();
    expect(results).toMatchObject([
      {
        tasks: [
          { list_id: 1, id: 3, list_title: 'Setup' },
          { list_id: 1, id: 4, list_title: 'Setup' },
          { list_id: 6, id: 7, list_title: null },
        ],
      },
    ]);
  });

  test.each<[string, object, string[]]>([
    ['tasks', { ...LIST, tasks: TASKS, notes: TASKS }, ['list_id', 'list_title', ...OF_A_TASK]],
    ['the only list of objects', { id, items: TASKS, tags: LIST.tags }, ['list_id', ...OF_A_TASK]],
    ['none of two lists', { id, items: TASKS, notes: TASKS }, ['list_id']],
    ['none', { id }, ['list_id']],
  ])('are described under: %s', async (_, properties, names) => {
    answer({}, listsOf(properties));
    const children = names.map((key) => expect.objectContaining({ key }));
    expect(await fields()).toMatchObject([{ key: 'id' }, { key: 'tasks', children }]);
  });

  test('pass as they came when they are not described', async () => {
    answer([{ id: 1, steps: [{ id: 2 }], tags: [] }], NOT_DESCRIBED);
    expect((await find()).results).toEqual([{ id: '7', tasks: [{ list_id: 1, id: 2 }] }]);
    expect(await fields()).toHaveLength(1);
    const { results } = await find('2000001001', IN_TEST);
    expect(results).toEqual([{ id: '2000001001', tasks: [] }]);
  });

  test.each<[string, object[], object[]]>([
    ['a list leaves them out', [{ id: 1, steps: [{ id: 2 }] }, { id: 4 }], [{ list_id: 1, id: 2 }]],
    ['a list has an empty one', [{ id: 1, steps: [] }], []],
  ])('are read where nothing is described and %s', async (_, lists, tasks) => {
    answer(lists, NOT_DESCRIBED);
    expect((await find()).results).toEqual([{ id: '7', tasks }]);
  });

  test.each<[string, object[]]>([
    ['two properties could hold them', [{ id: 1, steps: [{ id: 2 }], notes: [{ id: 3 }] }]],
    ['a further list has two', [{ steps: [{ id: 2 }] }, { a: [{ id: 3 }], b: [{ id: 4 }] }]],
    ['the entries could be the tasks themselves', [{ id: 1, title: 'Laptop' }, { id: 2 }]],
  ])('fail the step when it can not tell them: %s', async (_, lists) => {
    answer(lists, NOT_DESCRIBED);
    const { code, message } = await failure(find());
    expect(code).toBe('NoTasksRead');
    expect(message).toMatch(/can't tell where the tasks stand .* Tell DeskDirector's support\.$/);
  });

  test('of lists without tasks are none, and the ticket is found', async () => {
    answer({ results: [list] });
    const { results, warnings } = await find();
    expect(results).toEqual([{ id: '7', tasks: [] }]);
    expect(warnings).toEqual([]);
  });

  test.each([{ results: [] }, { results: null }, [], null])(
    'of a ticket without lists are not found: %j',
    async (answered) => {
      answer(answered);
      expect((await find()).results).toEqual([]);
    },
  );

  test.each([{ error: 'Busy.' }, { results: ['x'] }, { isDone: true }, 'done'])(
    'are no %j',
    async (answered) => {
      answer(answered);
      const { code } = await failure(find());
      expect(code).toMatch(/^(DeskDirectorError|NotDeskDirector)$/);
    },
  );

  test('are made up in a test with a made-up ID', async () => {
    answer({});
    const { results } = await find('2000001001', IN_TEST);
    const tasks = [{ id: 2000001001, isDone: true }];
    expect(results).toMatchObject([{ id: '2000001001', tasks }]);
    expect(flaws(results[0] ?? {}, await fields())).toEqual([]);
  });

  describe('are created', () => {
    const create = 'creates.create_ticket_tasks.operation';
    const ANSWERS = {
      ...describeAs('TicketTaskList', object({ title: string })),
      'POST /tickets/7/tasks': { taskListId: 31, id: 'x', title: 'Setup' },
      'GET /ticket-task-templates': { results: [{ id: 4, name: 'New colleague' }] },
    };

    test('from a template, by the form of the site', async () => {
      site.answer(ANSWERS);
      const { results: form } = await ask(`${create}.inputFields`);
      expect(keysOf(form)).toEqual(['ticket_id', 'title', 'template']);
      expect(form[2]).toMatchObject({ dynamic: 'ticket_task_template_list.id.name' });
      const templates = await ask('triggers.ticket_task_template_list.operation.perform');
      expect(templates.results).toEqual([{ id: '4', name: 'New colleague' }]);
      const input = { ticket_id: '7', template: '4' };
      const { results } = await ask<unknown>(`${create}.perform`, input);
      expect(results).toEqual({ id: '31', id_site: 'x', taskListId: 31, title: 'Setup' });
      expect(sent()).toEqual([{ template: 4 }]);
    });

    test('in several lists, which is more than the result can hold: the log says so', async () => {
      const created = [{ taskListId: 31 }, { taskListId: 32 }];
      site.answer({ ...ANSWERS, 'POST /tickets/7/tasks': created });
      const { results, warnings } = await ask<unknown>(`${create}.perform`, { ticket_id: '7' });
      expect(results).toEqual({ id: null, title: null });
      expect(warnings).toEqual(["The result has nothing of the site's answer, which is a list."]);
    });

    test.each([
      [404, 'has no ticket 7 (404)'],
      [500, 'may have been done all the same'],
    ])('never in silence: %i', async (status, words) => {
      site.answer({ ...ANSWERS, 'POST /tickets/7/tasks': new Answer('{}', status) });
      const { message } = await refusal(`${create}.perform`, { ticket_id: '7', template: '4' });
      expect(message).toContain(words);
      expect(sent()).toHaveLength(1);
    });
  });
});

describe('an e-mail from a template', () => {
  const FORM = 'GET /schema/email-templates/t-1/$render-request';
  const RENDER = 'POST /email-templates/t-1/render';
  const ANSWERS = {
    'GET /email-templates': { results: [{ id: 't-1', name: 'Welcome' }] },
    [FORM]: required({ firstName: string }),
    [RENDER]: { subject: 'Hi', html: '<p>Bo</p>' },
    ...describeAs('CreateEmailFromTemplateResponse', object({ subject: string, html: string })),
  };
  const answer = (more: object = {}) => site.answer({ ...ANSWERS, ...more });
  beforeEach(() => answer());
  const create = 'creates.create_email_from_template.operation';
  const input = { email_template_id: 't-1', firstName: 'Bo' };
  const make = (inputData: object = input) => ask<unknown>(`${create}.perform`, inputData);

  test('has the fields of the template, and gives a subject and HTML', async () => {
    const { results: templates } = await ask('triggers.email_template_list.operation.perform');
    expect(templates).toEqual([{ id: 't-1', name: 'Welcome' }]);
    const { results: form } = await ask(`${create}.inputFields`, { email_template_id: 't-1' });
    expect(keysOf(form)).toEqual(['email_template_id', 'firstName']);
    expect((await make()).results).toEqual({ id: 't-1', subject: 'Hi', html: '<p>Bo</p>' });
    expect(sent()).toEqual([{ firstName: 'Bo' }]);
  });

  test.each([{ properties: {} }, { type: 'object' }, {}])(
    'needs nothing for a template without fields: %j',
    async (form) => {
      answer({ [FORM]: form });
      const { results } = await ask(`${create}.inputFields`, { email_template_id: 't-1' });
      expect(keysOf(results)).toEqual(['email_template_id']);
      expect((await make({ email_template_id: 't-1' })).results).toMatchObject({ subject: 'Hi' });
      expect(sent()).toEqual([{}]);
    },
  );

  test.each([FORM, RENDER])('names a template that is gone: %s', async (request) => {
    answer({ [request]: new Answer('{}', 404) });
    const { code, message } = await refusal(`${create}.perform`, input);
    expect(code).toBe('NotFound');
    expect(message).toContain('has no email template t-1 (404)');
  });

  test.each([
    ...[new Answer('', 204), '<p>Bo</p>', {}, { subject: null, html: '' }],
    [{ subject: 'a' }, { subject: 'b' }],
  ])(
    'is an error when the site makes none, since the next step would send nothing: %j',
    async (made) => {
      answer({ [RENDER]: made });
      const { code, message } = await refusal(`${create}.perform`, input);
      expect(code).toBe('NotDeskDirector');
      expect(message).not.toContain('may have been done');
    },
  );

  test('is asked for again, since nothing is sent, and is never "may have been done"', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0.9);
    answer({ [RENDER]: new Answer('{}', 503) });
    const { message } = await hurried(() => refusal(`${create}.perform`, input));
    expect(message).toContain("can't be reached now (503)");
    expect(message).not.toContain('may have been done');
    expect(sent()).toHaveLength(3);

    answer({ [RENDER]: new Answer('{}', 500) });
    expect((await refusal(`${create}.perform`, input)).message).not.toContain('may have been done');
  });
});
