import { basename } from 'node:path';
import type { ExternalCredential } from '../routes/credentials-store.ts';
import { nodesOf, textOf } from './metadata-file.ts';
import type { MetadataFile } from './metadata-file.ts';

/** A packaged external credential in the shape of the Connect API. Secrets are never packaged. */
export function loadExternalCredential(file: MetadataFile): ExternalCredential {
  const all = nodesOf(file.body, 'externalCredentialParameters').map((node) => ({
    parameterName: textOf(node, 'parameterName') ?? '',
    parameterType: textOf(node, 'parameterType') ?? '',
    parameterValue: textOf(node, 'parameterValue') ?? '',
    parameterGroup: textOf(node, 'parameterGroup') ?? '',
    sequenceNumber: Number(textOf(node, 'sequenceNumber') ?? 0),
  }));
  return {
    developerName: basename(file.path).replace('.externalCredential-meta.xml', ''),
    masterLabel: textOf(file.body, 'label') ?? '',
    authenticationProtocol: textOf(file.body, 'authenticationProtocol') ?? 'Custom',
    authenticationStatus: 'Unconfigured',
    principals: all
      .filter((one) => one.parameterType.endsWith('Principal'))
      .map((one) => ({ principalName: one.parameterName, principalType: one.parameterType, sequenceNumber: one.sequenceNumber })),
    parameters: all.filter((one) => !one.parameterType.endsWith('Principal')),
    relatedNamedCredentials: [],
  };
}
