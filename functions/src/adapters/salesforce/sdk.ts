import './no-log-file.ts';
// jsforce must be loaded before the AppLink SDK: the other way round jsforce.Connection is undefined (circular import).
import { Connection } from 'jsforce';
import { init, parseRequest } from '@heroku/salesforce-sdk-nodejs';

export { Connection, init, parseRequest };
