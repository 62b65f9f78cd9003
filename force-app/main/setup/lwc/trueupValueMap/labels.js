import ADD from '@salesforce/label/c.Trueup_Mapping_Add_Value';
import BECOMES from '@salesforce/label/c.Trueup_Mapping_Becomes';
import FILL from '@salesforce/label/c.Trueup_Mapping_Fill_Values';
import FROM from '@salesforce/label/c.Trueup_Mapping_Value';
import REMOVE from '@salesforce/label/c.Trueup_Mapping_Remove_Value';
import VALUES from '@salesforce/label/c.Trueup_Mapping_Values';

export const LABEL = { add: ADD, becomes: BECOMES, fill: FILL, from: FROM, remove: REMOVE, values: VALUES };
