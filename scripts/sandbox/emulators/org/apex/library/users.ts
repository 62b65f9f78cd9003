import { NativeObject } from '../values/objects.ts';
import { offsetOf } from '../values/date-format.ts';
import type { Value } from '../values/value.ts';
import { datetimeArg, textArg } from './arguments.ts';
import { currentUser, organization, timeZoneOf } from './current-user.ts';
import type { NativeType } from './native.ts';

const text = (value: unknown): Value => (value === null || value === undefined ? null : String(value));

/** In an org of one currency the Organization record has none, so it is the one this org is set up with. */
const DEFAULT_CURRENCY = 'USD';

export const userTypes: NativeType[] = [
  {
    name: 'UserInfo',
    statics: {
      'getdefaultcurrency/0': (_args, run) => text(currentUser(run)['DefaultCurrencyIsoCode'] ?? DEFAULT_CURRENCY),
      'getfirstname/0': (_args, run) => text(currentUser(run)['FirstName']),
      'getlanguage/0': (_args, run) => text(currentUser(run)['LanguageLocaleKey']),
      'getlastname/0': (_args, run) => text(currentUser(run)['LastName']),
      'getlocale/0': (_args, run) => text(currentUser(run)['LocaleSidKey']),
      'getname/0': (_args, run) => text(currentUser(run)['Name']),
      'getorganizationid/0': (_args, run) => text(organization(run)['Id']),
      'getorganizationname/0': (_args, run) => text(organization(run)['Name']),
      'getprofileid/0': (_args, run) => text(currentUser(run)['ProfileId']),
      'gettimezone/0': (_args, run) => new NativeObject('TimeZone', timeZoneOf(run)),
      'getuseremail/0': (_args, run) => text(currentUser(run)['Email']),
      'getuserid/0': (_args, run) => run.userId,
      'getusername/0': (_args, run) => text(currentUser(run)['Username']),
      'getuserroleid/0': (_args, run) => text(currentUser(run)['UserRoleId']),
      'ismulticurrencyorganization/0': (_args, run) => run.org.data.schema.features.multiCurrency,
    },
  },
  {
    name: 'TimeZone',
    statics: { 'gettimezone/1': (args) => new NativeObject('TimeZone', textArg(args, 0)) },
    methods: {
      'getid/0': (self: NativeObject<string>) => self.state,
      'getoffset/1': (self: NativeObject<string>, args) => offsetOf(datetimeArg(args, 0).ms, self.state),
    },
  },
  {
    name: 'FeatureManagement',
    statics: { 'checkpermission/1': (args, run) => run.org.data.hasCustomPermission(run.userId, textArg(args, 0)) },
  },
];
