import { action } from '../src/steps/action.ts';
import { siteResult } from '../src/steps/described.ts';

/** Makes the text of an e-mail, for the mail step behind it. */
export default action({
  key: 'create_email_from_template',
  noun: 'Email',
  label: 'Create Email From Template',
  description:
    'Makes the subject and the HTML of an e-mail from a template of the DeskDirector admin portal. It sends nothing and changes nothing: map the result into a step that sends mail.',
  operation: 'GenerateEmailFromTemplate',
  result: siteResult('GenerateEmailFromTemplate'),
});
