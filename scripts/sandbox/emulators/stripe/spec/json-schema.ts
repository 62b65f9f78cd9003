/** The part of JSON Schema that the derived description of Stripe's API uses. `$ref` holds a schema's bare name. */
export interface Schema {
  type?: 'string' | 'number' | 'boolean' | 'null' | 'array' | 'object' | ('string' | 'number' | 'null')[];
  const?: string | number | boolean;
  enum?: string[];
  /** Stripe may answer values beyond `enum`. Requests are still held to it. */
  open?: true;
  format?: 'decimal';
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema;
  anyOf?: Schema[];
  allOf?: Schema[];
  $ref?: string;
}

/** One call of the API. */
export interface Operation {
  method: 'GET' | 'POST' | 'DELETE';
  /** Such as `/v1/invoices/{id}/finalize`. */
  path: string;
  kind: 'object' | 'list' | 'search';
  params: Schema | null;
  /** The answered object, or what a list holds. */
  response: Schema;
}

/** What is derived from the installed `stripe` package, cut down to what the stand-in models. */
export interface StripeSpec {
  sdk: string;
  apiVersion: string;
  operations: Operation[];
  /** `METHOD path` of everything else in the API, known but not modelled. */
  unmodelled: string[];
  eventTypes: string[];
  thinEventTypes: string[];
  schemas: Record<string, Schema>;
}
