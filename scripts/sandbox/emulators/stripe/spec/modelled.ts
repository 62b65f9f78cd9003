/** Values of `object` that the stand-in keeps; a field that may expand to anything else stays an id. */
export const MODELLED_OBJECTS = [
  'balance', 'balance_transaction', 'charge', 'customer', 'customer_balance_transaction', 'invoice', 'invoice_payment',
  'invoiceitem', 'line_item', 'payment_intent', 'payment_method', 'price', 'product', 'refund', 'tax_rate', 'webhook_endpoint',
];

/** The calls that have a route. Everything else of the API is refused and counted. */
export const MODELLED_OPERATIONS = [
  'GET /v1/balance',
  'GET /v1/balance_transactions', 'GET /v1/balance_transactions/{id}',
  'GET /v1/charges', 'GET /v1/charges/{id}', 'POST /v1/charges/{id}',
  'GET /v1/customers', 'POST /v1/customers', 'GET /v1/customers/search', 'GET /v1/customers/{id}', 'POST /v1/customers/{id}', 'DELETE /v1/customers/{id}',
  'GET /v1/customers/{id}/balance_transactions', 'POST /v1/customers/{id}/balance_transactions',
  'GET /v1/events', 'GET /v1/events/{id}',
  'GET /v1/invoiceitems', 'POST /v1/invoiceitems', 'GET /v1/invoiceitems/{id}', 'POST /v1/invoiceitems/{id}', 'DELETE /v1/invoiceitems/{id}',
  'GET /v1/invoice_payments', 'GET /v1/invoice_payments/{id}',
  'GET /v1/invoices', 'POST /v1/invoices', 'GET /v1/invoices/search', 'GET /v1/invoices/{id}', 'POST /v1/invoices/{id}', 'DELETE /v1/invoices/{id}',
  'POST /v1/invoices/{id}/add_lines', 'POST /v1/invoices/{id}/update_lines', 'POST /v1/invoices/{id}/remove_lines', 'GET /v1/invoices/{id}/lines',
  'POST /v1/invoices/{id}/attach_payment', 'POST /v1/invoices/{id}/finalize', 'POST /v1/invoices/{id}/send', 'POST /v1/invoices/{id}/pay',
  'POST /v1/invoices/{id}/void', 'POST /v1/invoices/{id}/mark_uncollectible',
  'GET /v1/payment_intents', 'POST /v1/payment_intents', 'GET /v1/payment_intents/{id}', 'POST /v1/payment_intents/{id}',
  'POST /v1/payment_intents/{id}/confirm', 'POST /v1/payment_intents/{id}/cancel',
  'GET /v1/payment_methods/{id}',
  'GET /v1/prices', 'POST /v1/prices', 'GET /v1/prices/{id}', 'POST /v1/prices/{id}',
  'GET /v1/products', 'POST /v1/products', 'GET /v1/products/{id}', 'POST /v1/products/{id}', 'DELETE /v1/products/{id}',
  'GET /v1/refunds', 'POST /v1/refunds', 'GET /v1/refunds/{id}', 'POST /v1/refunds/{id}',
  'GET /v1/webhook_endpoints', 'POST /v1/webhook_endpoints', 'GET /v1/webhook_endpoints/{id}', 'POST /v1/webhook_endpoints/{id}', 'DELETE /v1/webhook_endpoints/{id}',
];
