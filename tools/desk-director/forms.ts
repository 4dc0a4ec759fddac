import { answer, int32, listOf, object, text, time } from './schemas/objects.ts';

/*
 * The forms that customers fill in, and their results. They are fictional: DeskDirector publishes only
 * that a site lists and describes them (DeskDirector: connector API).
 */

const submittedBy = { contactId: 501, name: 'Quilla Fernwhistle' };

/** A result of a form. Its id is an int64, as text: no number of JavaScript has 19 exact digits. */
const result = (id: string, answers: object) => ({
  id,
  submittedDateTime: '2026-03-09T08:15:00.0000000Z',
  submittedBy,
  answers,
});

export const describedSubmitter = object('Submitted by', {
  contactId: int32('Contact'),
  name: text('Name'),
});

export type Form = ReturnType<typeof form>;

function form(
  id: number,
  name: string,
  answers: object,
  ...results: readonly ReturnType<typeof result>[]
) {
  const described = answer({
    resultId: { type: 'integer', format: 'int64', title: 'Result ID' },
    submittedDateTime: time('Submitted at'),
    submittedBy: describedSubmitter,
    answers: object('Answers', answers),
  });
  return { id, name, results, described };
}

export const newEmployee = form(
  81,
  'New Employee',
  {
    employeeName: text('Name of the employee'),
    employeeEmail: text('E-mail address of the employee'),
    startsAt: time('Starts at'),
    equipment: listOf('Equipment', text('Item')),
  },
  result('4001', {
    employeeName: 'Wren Tidewater',
    employeeEmail: 'wren.tidewater@example.com',
    startsAt: '2026-04-01T08:00:00.0000000Z',
    equipment: ['Laptop', 'Phone'],
  }),
  result('9007199254740993', {
    employeeName: 'Merle Foghorn',
    employeeEmail: 'merle.foghorn@example.com',
    startsAt: '2026-04-15T08:00:00.0000000Z',
    equipment: ['Laptop'],
  }),
);

export const forms = [
  newEmployee,
  form(
    82,
    'How Did We Do?',
    { stars: int32('Stars'), comment: text('Comment') },
    result('4002', { stars: 5, comment: 'The printer sings again.' }),
  ),
  form(83, 'Order Equipment', { item: text('Item'), quantity: int32('Quantity') }),
];

/** A result as JSON. Its id is a number there, as the published int64 is. */
export function resultJson({ id, ...rest }: ReturnType<typeof result>): string {
  return `{"resultId":${id},${JSON.stringify(rest).slice(1)}`;
}
