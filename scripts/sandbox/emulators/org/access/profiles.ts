/** Rights on one object. */
export interface ObjectRight {
  read: boolean;
  create: boolean;
  edit: boolean;
  delete: boolean;
  viewAll: boolean;
  modifyAll: boolean;
}

export const NO_RIGHT: ObjectRight = { read: false, create: false, edit: false, delete: false, viewAll: false, modifyAll: false };
export const ALL_RIGHTS: ObjectRight = { read: true, create: true, edit: true, delete: true, viewAll: true, modifyAll: true };
const WORK: ObjectRight = { read: true, create: true, edit: true, delete: true, viewAll: false, modifyAll: false };
const LOOK: ObjectRight = { ...NO_RIGHT, read: true };

/** A profile's rights on standard objects. Custom objects come from permission sets alone. */
export interface ProfileRights {
  name: string;
  /** View All Data and Modify All Data, and every field. */
  administrator: boolean;
  objects: Record<string, ObjectRight>;
  userPermissions: string[];
}

/** The profiles the org comes with. [memory: the standard profiles of a new org] */
export const PROFILES: ProfileRights[] = [
  {
    name: 'System Administrator',
    administrator: true,
    objects: {},
    userPermissions: [
      'ViewAllData',
      'ModifyAllData',
      'ManageUsers',
      'AssignPermissionSets',
      'CustomizeApplication',
      'ViewSetup',
      'ApiEnabled',
      'RunFlow',
    ],
  },
  {
    name: 'Standard User',
    administrator: false,
    objects: { account: WORK, contact: WORK, opportunity: WORK, order: WORK, quote: WORK, product2: LOOK, pricebook2: LOOK },
    userPermissions: ['ApiEnabled', 'RunFlow'],
  },
  { name: 'Minimum Access - Salesforce', administrator: false, objects: {}, userPermissions: ['ApiEnabled'] },
  { name: 'Minimum Access - API Only Integrations', administrator: false, objects: {}, userPermissions: ['ApiEnabled', 'ApiUserOnly'] },
];

/** Objects without rights of their own: they follow the object named here. [memory: not listed among object permissions] */
export const FOLLOWS: Record<string, string> = {
  opportunitylineitem: 'opportunity',
  opportunitycontactrole: 'opportunity',
  orderitem: 'order',
  quotelineitem: 'quote',
  pricebookentry: 'pricebook2',
};

/**
 * Objects of the system itself; writing them is an administrator's. Readable by everyone, or by users with one of the
 * permissions named. Source: "Special Access Rules" of each in the object reference (since Summer '20).
 */
export const SYSTEM_OBJECTS: Record<string, string[]> = {
  user: [],
  profile: [],
  organization: [],
  currencytype: [],
  opportunitystage: [],
  userrecordaccess: [],
  permissionset: ['ViewSetup', 'AssignPermissionSets', 'ManageSessionPermissionSets'],
  permissionsetassignment: ['ViewSetup', 'AssignPermissionSets', 'ManageUsers'],
  setupentityaccess: ['ViewSetup'],
  custompermission: ['ViewSetup', 'AssignPermissionSets', 'ManageSessionPermissionSets'],
};
