import BINDS from '@salesforce/label/c.Trueup_Load_Binds';
import CREATE_ACCOUNTS from '@salesforce/label/c.Trueup_Load_Create_Accounts';
import CREATE_ACCOUNTS_HELP from '@salesforce/label/c.Trueup_Load_Create_Accounts_Help';
import FORECAST from '@salesforce/label/c.Trueup_Load_Forecast';
import FORECAST_AGAIN from '@salesforce/label/c.Trueup_Load_Forecast_Again';
import FORECAST_FAILED from '@salesforce/label/c.Trueup_Load_Forecast_Failed';
import FORECASTING from '@salesforce/label/c.Trueup_Load_Forecasting';
import FORECAST_SAYS from '@salesforce/label/c.Trueup_Load_Forecast_Says';
import INTRO from '@salesforce/label/c.Trueup_Load_Intro';
import NOTHING from '@salesforce/label/c.Trueup_Load_Nothing';
import NOT_STARTED from '@salesforce/label/c.Trueup_Load_Not_Started';
import RECORDS from '@salesforce/label/c.Trueup_Load_Object';
import EXPECTED from '@salesforce/label/c.Trueup_Load_Expected';
import QUICKBOOKS from '@salesforce/label/c.Trueup_QuickBooks';
import SALESFORCE from '@salesforce/label/c.Trueup_Salesforce';
import SINCE from '@salesforce/label/c.Trueup_Load_Since';
import SINCE_HELP from '@salesforce/label/c.Trueup_Load_Since_Help';
import START from '@salesforce/label/c.Trueup_Load_Start';
import STARTING from '@salesforce/label/c.Trueup_Load_Starting';
import STRIPE from '@salesforce/label/c.Trueup_Stripe';

export const LABEL = {
  binds: BINDS,
  createAccounts: CREATE_ACCOUNTS,
  createAccountsHelp: CREATE_ACCOUNTS_HELP,
  expected: EXPECTED,
  forecast: FORECAST,
  forecastAgain: FORECAST_AGAIN,
  forecastFailed: FORECAST_FAILED,
  forecasting: FORECASTING,
  forecastSays: FORECAST_SAYS,
  intro: INTRO,
  nothing: NOTHING,
  notStarted: NOT_STARTED,
  records: RECORDS,
  since: SINCE,
  sinceHelp: SINCE_HELP,
  start: START,
  starting: STARTING,
};

export const SYSTEM = { salesforce: SALESFORCE, stripe: STRIPE, quickbooks: QUICKBOOKS };
