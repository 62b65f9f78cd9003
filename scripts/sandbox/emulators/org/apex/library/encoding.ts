import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';
import { systemException } from '../values/exceptions.ts';
import { NativeObject } from '../values/objects.ts';
import { ApexBlob } from '../values/simple.ts';
import { blobArg, integerArg, textArg } from './arguments.ts';
import type { NativeType } from './native.ts';

const DIGESTS: Record<string, string> = {
  md5: 'md5',
  sha1: 'sha1',
  'sha-1': 'sha1',
  sha256: 'sha256',
  'sha-256': 'sha256',
  sha512: 'sha512',
  'sha-512': 'sha512',
  hmacsha1: 'sha1',
  hmacsha256: 'sha256',
  hmacsha512: 'sha512',
};

function algorithm(name: string): string {
  const found = DIGESTS[name.toLowerCase()];
  if (!found) throw systemException('InvalidParameterValueException', `Invalid algorithm: ${name}`);
  return found;
}

/** As java.net.URLEncoder: spaces become plus signs. */
const urlEncoded = (text: string): string =>
  encodeURIComponent(text)
    .replace(/%20/g, '+')
    .replace(/[!'()~]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

export const encodingTypes: NativeType[] = [
  {
    name: 'Blob',
    statics: { 'valueof/1': (args) => new ApexBlob(Buffer.from(textArg(args, 0), 'utf8')) },
    methods: { 'size/0': (self: ApexBlob) => self.bytes.length, 'tostring/0': (self: ApexBlob) => self.bytes.toString('utf8') },
  },
  {
    name: 'Crypto',
    statics: {
      'generatedigest/2': (args) =>
        new ApexBlob(
          createHash(algorithm(textArg(args, 0)))
            .update(blobArg(args, 1).bytes)
            .digest(),
        ),
      'generatemac/3': (args) =>
        new ApexBlob(
          createHmac(algorithm(textArg(args, 0)), blobArg(args, 2).bytes)
            .update(blobArg(args, 1).bytes)
            .digest(),
        ),
      'generateaeskey/1': (args) => new ApexBlob(randomBytes(integerArg(args, 0) / 8)),
      'getrandominteger/0': () => randomBytes(4).readInt32BE(),
      'getrandomlong/0': () => randomBytes(8).readBigInt64BE(),
    },
  },
  {
    name: 'EncodingUtil',
    statics: {
      'base64decode/1': (args) => new ApexBlob(Buffer.from(textArg(args, 0), 'base64')),
      'base64encode/1': (args) => blobArg(args, 0).bytes.toString('base64'),
      'convertfromhex/1': (args) => new ApexBlob(Buffer.from(textArg(args, 0), 'hex')),
      'converttohex/1': (args) => blobArg(args, 0).bytes.toString('hex'),
      'urldecode/2': (args) => decodeURIComponent(textArg(args, 0).replace(/\+/g, ' ')),
      'urlencode/2': (args) => urlEncoded(textArg(args, 0)),
    },
  },
  {
    name: 'UUID',
    statics: {
      'randomuuid/0': () => new NativeObject('UUID', randomUUID()),
      'fromstring/1': (args) => new NativeObject('UUID', textArg(args, 0).toLowerCase()),
    },
    methods: {
      'tostring/0': (self: NativeObject<string>) => self.state,
      'equals/1': (self: NativeObject<string>, args) => args[0] instanceof NativeObject && args[0].state === self.state,
    },
  },
];
