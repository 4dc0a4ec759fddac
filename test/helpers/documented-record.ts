/** Somebody of whom nothing is known. */
export const NO_PERSON = {
  user_id: null,
  entity_id: null,
  name: null,
  type: null,
  company_entity_id: null,
  company_name: null,
  company_identifier: null,
};
const LIAM = {
  user_id: 'nzlancomdev~c~11220',
  entity_id: 11220,
  name: 'Liam Tait',
  type: 'contact',
  company_entity_id: 2952,
  company_name: 'DeskDirector',
  company_identifier: 'DeskDirectorLtd',
};
const ANDREW = {
  ...NO_PERSON,
  user_id: 'nzlancomdev~m~268',
  entity_id: 268,
  name: 'Andrew Lahikainen',
  type: 'member',
};
const WARWICK = {
  ...NO_PERSON,
  user_id: 'nzlancomdev~m~200',
  entity_id: 200,
  name: 'Warwick Eade',
  type: 'member',
};

/** The fields for a person, such as `contact_name`. */
const fieldsOf = (role: string, person: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(person).map(([key, value]) => [`${role}_${key}`, value]));

/** The complete record of the documented example. */
export const documentedRecord = {
  id: '1530162945-9852',
  name: 'Chat Request from Liam Tait at DeskDirector',
  type: 'request',
  status: 'completed',
  status_name: 'Completed',
  previous_status: 'handled',
  past_statuses: 'handled',
  created_at: '2018-06-28T05:15:45.782Z',
  handled_at: null,
  closed_at: '2018-06-28T05:18:26.947Z',
  last_modified_at: '2018-06-29T06:07:27.392Z',
  seconds_to_handled: null,
  seconds_handled_to_closed: null,
  seconds_to_closed: 161,
  creator_waited: null,
  chat_duration: null,
  ticket_id: null,
  reference_type: null,
  reference_id: null,
  last_message_id: '1530163058374-5E-nzlancomdev~c~11220',
  last_message_at: '2018-06-28T05:17:38.374Z',
  last_message_user_id: 'nzlancomdev~c~11220',
  last_message_user_type: 'contact',
  ...fieldsOf('contact', LIAM),
  ...fieldsOf('member', ANDREW),
  ...fieldsOf('creator', LIAM),
  callback_type: null,
  callback_phone: null,
  callback_note: null,
  callback_preferred_start: null,
  callback_preferred_end: null,
  callback_preferred_times: [],
  callback_preferred_times_text: null,
  ...fieldsOf('closed_by', ANDREW),
  close_note: null,
  close_record_modified_at: '2018-06-28T05:18:26.946Z',
  contact_names: 'Liam Tait',
  member_names: 'Andrew Lahikainen, Warwick Eade',
  participant_names: 'Liam Tait, Andrew Lahikainen, Warwick Eade',
  participant_count: 3,
  participants: [LIAM, ANDREW, WARWICK],
  active_user_names: 'Warwick Eade',
  active_user_count: 1,
  active_users: [WARWICK],
  invited_user_names: null,
  invited_user_count: 0,
  invited_users: [],
};
