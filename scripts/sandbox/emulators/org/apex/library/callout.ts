/** One HTTP request on its way out. Header names as the code wrote them. */
export interface CalloutRequest {
  endpoint: string;
  method: string;
  headers: Record<string, string>;
  body: string | Buffer;
  timeoutMs: number;
}

export interface CalloutAnswer {
  status: number;
  statusText: string;
  headers: Record<string, string>;
  body: string | Buffer;
}
