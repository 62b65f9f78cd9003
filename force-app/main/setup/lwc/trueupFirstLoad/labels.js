import AGAIN from '@salesforce/label/c.Trueup_Load_Again';
import FIRST_LOAD from '@salesforce/label/c.Trueup_First_Load';
import LOADING from '@salesforce/label/c.Trueup_Loading';
import LOST from '@salesforce/label/c.Trueup_Load_Lost';
import TRY_AGAIN from '@salesforce/label/c.Trueup_Try_Again';

export const LABEL = {
  again: AGAIN,
  firstLoad: FIRST_LOAD,
  loading: LOADING,
  lost: LOST,
  tryAgain: TRY_AGAIN,
};
