import type { Answer, Rest } from './rest.ts';

/** Names the package fixes. */
export const CREDENTIAL = { named: 'Trueup_Functions', external: 'Trueup_Functions', principal: 'Functions', parameter: 'token' };

const SETUP = '/named-credentials/named-credential-setup';
const SECRET = '/named-credentials/credential';
const principal = `externalCredential=${CREDENTIAL.external}&principalType=NamedPrincipal&principalName=${CREDENTIAL.principal}`;

export interface NamedCredential {
  developerName: string;
  calloutUrl?: string;
}

export interface FilledCredential {
  authenticationStatus?: string;
}

export const readNamedCredential = (rest: Rest): Promise<Answer<NamedCredential>> => rest.get(`${SETUP}/${CREDENTIAL.named}`);
export const readSecret = (rest: Rest): Promise<Answer<FilledCredential>> => rest.get(`${SECRET}?${principal}`);

/** Creates the named credential, or points the one that is there to this address. */
export async function writeNamedCredential(rest: Rest, calloutUrl: string, exists: boolean): Promise<void> {
  const body = {
    developerName: CREDENTIAL.named,
    masterLabel: 'Trueup Functions',
    type: 'SecuredEndpoint',
    calloutUrl,
    calloutStatus: 'Enabled',
    calloutOptions: { allowMergeFieldsInBody: false, allowMergeFieldsInHeader: true, generateAuthorizationHeader: false },
    externalCredentials: [{ developerName: CREDENTIAL.external }],
  };
  await rest.send(exists ? 'PUT' : 'POST', exists ? `${SETUP}/${CREDENTIAL.named}` : SETUP, body);
}

/** Fills the bearer secret of the principal; Salesforce keeps it encrypted and never shows it again. */
export async function writeSecret(rest: Rest, secret: string, exists: boolean): Promise<void> {
  await rest.send(exists ? 'PUT' : 'POST', SECRET, {
    externalCredential: CREDENTIAL.external,
    principalType: 'NamedPrincipal',
    principalName: CREDENTIAL.principal,
    authenticationProtocol: 'Custom',
    credentials: { [CREDENTIAL.parameter]: { encrypted: true, value: secret } },
  });
}
