import CORRECTED from '@salesforce/label/c.Trueup_Trend_Corrected';
import FAILED from '@salesforce/label/c.Trueup_Trend_Failed';
import LEFT from '@salesforce/label/c.Trueup_Trend_Left';
import RUN from '@salesforce/label/c.Trueup_Trend_Run';
import SUMMARY from '@salesforce/label/c.Trueup_Trend_Summary';
import TITLE from '@salesforce/label/c.Trueup_Trend';

export const LABEL = { corrected: CORRECTED, failed: FAILED, left: LEFT, run: RUN, summary: SUMMARY, title: TITLE };
