/** Texts of the Webhooks page in English. */
export const webhooksEn = {
  "webhooks.title": "Webhooks",
  "webhooks.lead":
    "Addresses in server.yml that are told of events. Each message is signed, and retried for about a day.",
  "webhooks.none": "No webhook is configured. docs/webhooks.md describes the key webhooks of server.yml.",
  "webhooks.url": "Address",
  "webhooks.events": "Events",
  "webhooks.test": "Send a test",
  "webhooks.tested": "The test was delivered to {name}.",
  "webhooks.testFailed": "The test was not delivered to {name}: {reason}",
  "webhooks.log": "Deliveries",
  "webhooks.noLog": "Nothing has been sent yet.",
  "webhooks.column.name": "Webhook",
  "webhooks.column.event": "Event",
  "webhooks.column.time": "Time",
  "webhooks.column.status": "Status",
  "webhooks.column.attempts": "Attempts",
  "webhooks.column.next": "Next attempt",
  "webhooks.column.answer": "Answer",
  "webhooks.status.pending": "Waiting",
  "webhooks.status.delivered": "Delivered",
  "webhooks.status.failed": "Failed",
} as const;
