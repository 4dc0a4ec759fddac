import { siteResult } from '../src/steps/described.ts';
import { search } from '../src/steps/search.ts';

/** Looks up what a customer filled in, in a form of the client portal. */
export default search({
  key: 'find_form_result',
  noun: 'Form Result',
  label: 'Find Form Result',
  description:
    "Finds what was filled in, in a form of the client portal, by the form and the ID of the result, which Workflow Triggered can give; DeskDirector can't search results. Gives a field for each answer.",
  byId: 'GetFormResult_V2',
  result: siteResult('GetFormResult_V2'),
});
