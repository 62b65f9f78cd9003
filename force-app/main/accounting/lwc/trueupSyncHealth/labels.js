import FAILED from '@salesforce/label/c.Trueup_Could_Not_Load';
import LOADING from '@salesforce/label/c.Trueup_Loading';
import REFRESH from '@salesforce/label/c.Trueup_Refresh';
import RETRY from '@salesforce/label/c.Trueup_Try_Again';
import TITLE from '@salesforce/label/c.Trueup_Sync_Health';

export const LABEL = { failed: FAILED, loading: LOADING, refresh: REFRESH, retry: RETRY, title: TITLE };
