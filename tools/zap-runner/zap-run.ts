import { type Execute, logLines, ownersMessage, recordsIn } from './app-calls.ts';
import type { InputField, Step } from './app-definition.ts';
import { type AppRecord, type FormValues, withMappedValues } from './mapping.ts';
import type { AppAnswer } from './worker.ts';

/** A Zap that is on. */
export interface Zap {
  readonly id: string;
  /** The key of the trigger. */
  readonly trigger: string;
  readonly inputData: Readonly<Record<string, unknown>>;
  /** The steps after the trigger, in order. */
  readonly steps: readonly ZapStep[];
  readonly subscribeData: unknown;
}

/** A search or an action after the trigger of a Zap. */
export interface ZapStep {
  readonly step: Step;
  /** The input fields, for their labels. */
  readonly fields: readonly InputField[];
  /** The values of the form. Fields of earlier steps may be mapped into them. */
  readonly inputData: FormValues;
  /** The action that runs when a search finds nothing, and its values. */
  readonly creator?: { readonly step: Step; readonly inputData: FormValues } | undefined;
}

/** A request to the hook of a Zap. */
interface HookRequest {
  /** The position of the delivery among all that arrived; the first is 1. */
  readonly delivery: number;
  readonly body: string;
  readonly contentType: string;
  /** Whether an earlier delivery is run again. */
  readonly isReplay: boolean;
}

/** What a step of a Zap gave. */
interface StepResult {
  readonly records: AppRecord[];
  /** The message that the owner of the Zap reads; null when the step did not fail. */
  readonly error: string | null;
  /** Why the app stopped the run; null when it did not. Zapier: `HaltedError`. */
  readonly stopped: string | null;
  /** What the app logged. */
  readonly logs: string[];
}

/** A step that ran after the trigger. */
export interface StepRun extends StepResult {
  /** What the step got: its values, with those of the fields that are mapped into them. */
  readonly inputData: FormValues;
  /** Whether a search found nothing, so that the result is that of its action. */
  readonly isCreated: boolean;
}

/** A delivery and what the trigger gave. The Zap runs once for each record. */
export interface Run extends HookRequest, StepResult {
  readonly zap: Zap;
  /** The steps that ran for each record. The last one may have failed, or stopped the run. */
  readonly stepRuns: readonly (readonly StepRun[])[];
}

/** Runs a Zap for a delivery. Never rejects: the run has the error. */
export async function runZap(execute: Execute, zap: Zap, request: HookRequest): Promise<Run> {
  const { body, contentType } = request;
  const result = await execute(`triggers.${zap.trigger}.operation.perform`, {
    inputData: zap.inputData,
    subscribeData: zap.subscribeData,
    cleanedRequest: cleaned(body, contentType),
    rawRequest: {
      method: 'POST',
      querystring: '',
      headers: { 'Content-Type': contentType },
      content: body,
    },
  }).then(stepResult, failure);
  const stepRuns: StepRun[][] = [];
  for (const record of result.records) stepRuns.push(await runSteps(execute, zap.steps, record));
  return { zap, ...request, ...result, stepRuns };
}

/** Runs one step after the other, until one fails, stops the run or finds nothing. */
async function runSteps(
  execute: Execute,
  steps: readonly ZapStep[],
  record: AppRecord,
): Promise<StepRun[]> {
  const stepRuns: StepRun[] = [];
  const records = [record];
  /** Runs a step with its values, and with those of the fields that are mapped into them. */
  const run = async ({ step, inputData: values }: Pick<ZapStep, 'step' | 'inputData'>) => {
    const inputData = withMappedValues(values, (number) => records[number - 1]);
    const method = `${step.kind}.${step.key}.operation.perform`;
    const result = await execute(method, { inputData }).then(stepResult, failure);
    return { inputData, ...result };
  };
  for (const { creator, ...step } of steps) {
    const found = await run(step);
    // A search that failed or stopped the run may have missed what there is.
    const isFound = found.records.length > 0 || found.error !== null || found.stopped !== null;
    const isCreated = creator !== undefined && !isFound;
    const result = { ...(isCreated ? await run(creator) : found), isCreated };
    stepRuns.push(result);
    const [first] = result.records;
    if (first === undefined || result.error !== null) break;
    // As in Zapier, the later steps get the first of several records.
    records.push(first);
  }
  return stepRuns;
}

/** Zapier parses a JSON body. A body of another type arrives as text. */
function cleaned(body: string, contentType: string): unknown {
  if (!contentType.includes('json')) return body;
  try {
    // Not `parseJson`, which keeps the digits of long integers: Zapier loses them.
    return JSON.parse(body);
  } catch {
    return body;
  }
}

function stepResult(answer: AppAnswer): StepResult {
  const logs = logLines(answer);
  // In production, the platform only logs a result that breaks one of its rules.
  const broken = logs.find((line) => line.startsWith('Zapier check '));
  const message = ownersMessage(answer) ?? broken ?? null;
  const isStopped = answer.error?.name === 'HaltedError';
  return {
    records: recordsIn(answer.results),
    error: isStopped ? null : message,
    stopped: isStopped ? message : null,
    logs,
  };
}

/** The result of a step whose process failed. */
function failure({ message }: Error): StepResult {
  return { records: [], error: message, stopped: null, logs: [] };
}
