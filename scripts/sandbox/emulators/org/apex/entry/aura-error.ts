import { exceptionMessage, exceptionState, exceptionTypeName } from '../values/exceptions.ts';
import type { ApexThrow } from '../values/exceptions.ts';
import { Instance } from '../values/objects.ts';

/** Body of the 500 a page gets. https://developer.salesforce.com/docs/platform/lwc/guide/data-error.html */
export interface AuraErrorBody {
  message: string;
  exceptionType?: string;
  isUserDefinedException?: boolean;
  stackTrace?: string;
}

/** An exception that left a controller, as the page sees it. */
export class AuraError extends Error {
  readonly body: AuraErrorBody;

  constructor(body: AuraErrorBody) {
    super(body.message);
    this.name = 'AuraError';
    this.body = body;
  }
}

/** The text of an AuraHandledException reaches the page alone; any other exception comes with its type and trace. */
export function auraErrorOf(thrown: ApexThrow): AuraError {
  const state = exceptionState(thrown.exception);
  const exceptionType = exceptionTypeName(thrown.exception);
  if (exceptionType === 'System.AuraHandledException')
    return new AuraError({ message: state?.pageMessage ?? exceptionMessage(thrown.exception) });
  return new AuraError({
    exceptionType,
    isUserDefinedException: thrown.exception instanceof Instance,
    message: exceptionMessage(thrown.exception),
    stackTrace: state?.trace.join('\n') ?? '',
  });
}
