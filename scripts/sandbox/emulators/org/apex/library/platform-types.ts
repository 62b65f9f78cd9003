/** Platform classes with methods in the library. */
const CLASSES = [
  'Assert',
  'Comparable',
  'Comparator',
  'Crypto',
  'Database',
  'Date',
  'Datetime',
  'Decimal',
  'DescribeFieldResult',
  'DescribeSObjectResult',
  'EncodingUtil',
  'EventBus',
  'FeatureManagement',
  'Http',
  'HttpCalloutMock',
  'HttpRequest',
  'HttpResponse',
  'JSON',
  'Label',
  'Limits',
  'Math',
  'Metadata.CustomMetadata',
  'Metadata.CustomMetadataValue',
  'Metadata.DeployCallback',
  'Metadata.DeployCallbackContext',
  'Metadata.DeployContainer',
  'Metadata.DeployDetails',
  'Metadata.DeployMessage',
  'Metadata.DeployResult',
  'Metadata.Metadata',
  'Metadata.Operations',
  'Matcher',
  'Pattern',
  'PicklistEntry',
  'Savepoint',
  'SaveResult',
  'Schema',
  'SObjectField',
  'SObjectType',
  'System',
  'Test',
  'TimeZone',
  'Type',
  'UpsertResult',
  'DeleteResult',
  'Error',
  'UserInfo',
  'UUID',
];

/** Exceptions code may catch or extend. */
const EXCEPTIONS = [
  'Exception',
  'AssertException',
  'AsyncException',
  'AuraHandledException',
  'CalloutException',
  'DmlException',
  'HandledException',
  'InvocableActionException',
  'IllegalArgumentException',
  'InvalidParameterValueException',
  'JSONException',
  'LimitException',
  'ListException',
  'MathException',
  'NoAccessException',
  'NoDataFoundException',
  'NullPointerException',
  'QueryException',
  'RequiredFeatureMissingException',
  'SecurityException',
  'SerializationException',
  'SObjectException',
  'StringException',
  'TypeException',
  'UnexpectedException',
  'FinalException',
  'VisualforceException',
  'XmlException',
];

/** Enums of the platform, with their constants in order. */
export const PLATFORM_ENUMS: Record<string, readonly string[]> = {
  AccessLevel: ['USER_MODE', 'SYSTEM_MODE'],
  LoggingLevel: ['NONE', 'ERROR', 'WARN', 'INFO', 'DEBUG', 'FINE', 'FINER', 'FINEST', 'INTERNAL'],
  'Metadata.DeployProblemType': ['Error', 'Info', 'Warning'],
  'Metadata.DeployStatus': [
    'Canceled',
    'Canceling',
    'Failed',
    'FinalizingDeploy',
    'FinalizingDeployFailed',
    'InProgress',
    'Pending',
    'Succeeded',
    'SucceededPartial',
  ],
  RoundingMode: ['CEILING', 'DOWN', 'FLOOR', 'HALF_DOWN', 'HALF_EVEN', 'HALF_UP', 'UNNECESSARY', 'UP'],
  DisplayType: [
    'ADDRESS',
    'ANYTYPE',
    'BASE64',
    'BOOLEAN',
    'COMBOBOX',
    'CURRENCY',
    'DATE',
    'DATETIME',
    'DOUBLE',
    'EMAIL',
    'ENCRYPTEDSTRING',
    'ID',
    'INTEGER',
    'LONG',
    'MULTIPICKLIST',
    'PERCENT',
    'PHONE',
    'PICKLIST',
    'REFERENCE',
    'STRING',
    'TEXTAREA',
    'TIME',
    'URL',
  ],
};

const NAMES = new Set([...CLASSES, ...EXCEPTIONS, ...Object.keys(PLATFORM_ENUMS)].map((name) => name.toLowerCase()));

const bare = (name: string): string => name.replace(/^(schema|system|database)\.(?=[^.]+$)/i, '').toLowerCase();

/** Whether a type of this name exists on the platform, as far as the local org knows. */
export const isPlatformType = (name: string): boolean => NAMES.has(bare(name));

export const isPlatformException = (name: string): boolean => EXCEPTIONS.some((one) => one.toLowerCase() === bare(name));

/** Classes of the platform that code may extend, and what a class of the platform itself extends. */
export const EXTENDABLE = new Set(['metadata.deploycallbackcontext']);
export const PLATFORM_PARENTS: Readonly<Record<string, string>> = { 'metadata.custommetadata': 'metadata.metadata' };

/** The spelling of a platform exception, whatever the case it was written in. */
export const exceptionName = (name: string): string => EXCEPTIONS.find((one) => one.toLowerCase() === bare(name)) ?? name;

export function platformEnum(name: string): { name: string; values: readonly string[] } | null {
  const found = Object.entries(PLATFORM_ENUMS).find(([one]) => one.toLowerCase() === bare(name));
  return found ? { name: found[0], values: found[1] } : null;
}
