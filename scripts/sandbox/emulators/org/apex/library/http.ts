import { spend } from '../evaluate/limits.ts';
import type { Run } from '../evaluate/run.ts';
import { ApexList } from '../values/collections.ts';
import { systemException } from '../values/exceptions.ts';
import { NativeObject } from '../values/objects.ts';
import { ApexBlob } from '../values/simple.ts';
import type { Value } from '../values/value.ts';
import { blobArg, integerArg, nativeArg, textArg } from './arguments.ts';
import type { CalloutAnswer, CalloutRequest } from './callout.ts';
import type { MethodNative, NativeType } from './native.ts';

const LONGEST_TIMEOUT_MS = 120_000;
const DEFAULT_TIMEOUT_MS = 10_000;

type Request = NativeObject<CalloutRequest>;
type Response = NativeObject<CalloutAnswer>;

const newResponse = (answer: CalloutAnswer = { status: 0, statusText: '', headers: {}, body: '' }): Response =>
  new NativeObject('HttpResponse', answer);

const headerOf = (headers: Record<string, string>, name: string): string | null =>
  Object.entries(headers).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1] ?? null;

function setHeader(headers: Record<string, string>, name: string, value: string): null {
  for (const key of Object.keys(headers)) if (key.toLowerCase() === name.toLowerCase()) delete headers[key];
  headers[name] = value;
  return null;
}

const nothing = (_done: unknown): null => null;
const bodyText = (body: string | Buffer): string => body.toString();

const shared: Record<string, MethodNative> = {
  'getbody/0': (self: NativeObject<{ body: string | Buffer }>) => bodyText(self.state.body),
  'getbodyasblob/0': (self: NativeObject<{ body: string | Buffer }>) => new ApexBlob(Buffer.from(self.state.body)),
  'getheader/1': (self: Request, args) => headerOf(self.state.headers, textArg(args, 0)),
  'setbody/1': (self: Request, args) => nothing((self.state.body = textArg(args, 0))),
  'setbodyasblob/1': (self: Request, args) => nothing((self.state.body = blobArg(args, 0).bytes)),
  'setheader/2': (self: Request, args) => setHeader(self.state.headers, textArg(args, 0), textArg(args, 1)),
};

function setTimeout(self: Request, args: Value[]): null {
  const ms = integerArg(args, 0);
  if (ms < 1 || ms > LONGEST_TIMEOUT_MS)
    throw systemException('CalloutException', `Timeout must be between 1 and ${LONGEST_TIMEOUT_MS} milliseconds`);
  self.state.timeoutMs = ms;
  return null;
}

/** Sends the request, or hands it to the test's mock. */
async function send(request: Request, run: Run): Promise<Value> {
  if (run.transaction.uncommitted)
    throw systemException('CalloutException', 'You have uncommitted work pending. Please commit or rollback before calling out');
  spend(run.limits, 'callouts');
  if (run.test) {
    if (run.test.mock === null) throw systemException('TypeException', 'Methods defined as TestMethod do not support Web service callouts');
    return run.invoke(run.test.mock, 'respond', [request]);
  }
  try {
    return newResponse(await run.org.callout({ ...request.state, headers: { ...request.state.headers } }, run.userId));
  } catch (error) {
    throw systemException('CalloutException', error instanceof Error ? error.message : String(error));
  }
}

export const httpTypes: NativeType[] = [
  {
    name: 'Http',
    constructors: { 0: () => new NativeObject('Http', null) },
    methods: { 'send/1': (_self: NativeObject, args, run) => send(nativeArg<CalloutRequest>(args, 0, 'HttpRequest'), run) },
  },
  {
    name: 'HttpRequest',
    constructors: {
      0: () =>
        new NativeObject<CalloutRequest>('HttpRequest', {
          endpoint: '',
          method: 'GET',
          headers: {},
          body: '',
          timeoutMs: DEFAULT_TIMEOUT_MS,
        }),
    },
    methods: {
      ...shared,
      'getendpoint/0': (self: Request) => self.state.endpoint,
      'getmethod/0': (self: Request) => self.state.method,
      'setendpoint/1': (self: Request, args) => nothing((self.state.endpoint = textArg(args, 0))),
      'setmethod/1': (self: Request, args) => nothing((self.state.method = textArg(args, 0))),
      'settimeout/1': setTimeout,
    },
  },
  {
    name: 'HttpResponse',
    constructors: { 0: () => newResponse() },
    methods: {
      ...shared,
      'getheaderkeys/0': (self: Response) => new ApexList({ name: 'String', args: [] }, Object.keys(self.state.headers)),
      'getstatus/0': (self: Response) => self.state.statusText,
      'getstatuscode/0': (self: Response) => self.state.status,
      'setstatus/1': (self: Response, args) => nothing((self.state.statusText = textArg(args, 0))),
      'setstatuscode/1': (self: Response, args) => nothing((self.state.status = integerArg(args, 0))),
    },
  },
];
