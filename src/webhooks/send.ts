import { lookup as lookUpSystem } from "node:dns";
import http from "node:http";
import https from "node:https";
import type { LookupFunction } from "node:net";
import { Webhook } from "standardwebhooks";
import { messageOf } from "../lib/errors.ts";
import { isAllowedAddress } from "./allowed-address.ts";

/** A receiver of events. */
export interface WebhookTarget {
  url: string;
  /** "whsec_" and base64, as of Standard Webhooks, or any other string, which is used as it is. */
  secret: string;
  /** Whether the address may be one of this machine or of a private network. */
  allowPrivate: boolean;
}

/** The result of one attempt: an HTTP status from 200 to 299 means that it was received. */
export interface Attempt {
  isDelivered: boolean;
  status: number | null;
  error: string | null;
}

const TIMEOUT_MS = 10_000;

/** The signature of a body by the Standard Webhooks specification: HMAC-SHA256 of id, time and body. */
export function sign(secret: string, id: string, at: Date, body: string): string {
  const webhook = secret.startsWith("whsec_") ? new Webhook(secret) : new Webhook(secret, { format: "raw" });
  return webhook.sign(id, at, body);
}

/**
 * Sends a body once. The name is resolved when the connection is made, and every address that it resolves to must be
 * allowed, so a name cannot be checked as one address and called as another. Redirects are not followed.
 *
 * @param lookup resolves a name; the system's by default.
 */
export function send(
  target: WebhookTarget,
  { id, body }: { id: string; body: string },
  now: Date,
  lookup: typeof lookUpSystem = lookUpSystem,
): Promise<Attempt> {
  const url = new URL(target.url);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const failed = (error: string): Attempt => ({ isDelivered: false, status: null, error });
  if (/^[\d.]+$|:/.test(host) && !isAllowedAddress(host, target.allowPrivate)) {
    return Promise.resolve(failed(refusal(host, host)));
  }
  const guarded: LookupFunction = (name, options, callback) => {
    lookup(name, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, "", 0);
      const refused = addresses.find(({ address }) => !isAllowedAddress(address, target.allowPrivate));
      const [first] = addresses;
      if (refused !== undefined || first === undefined) {
        return callback(new Error(refusal(name, refused?.address ?? "nothing")), "", 0);
      }
      // Bun asks for all of them, Node.js for one.
      if (options.all === true) return callback(null, addresses as never, 0);
      callback(null, first.address, first.family);
    });
  };
  const headers = {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "user-agent": "tegaki",
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    "webhook-signature": sign(target.secret, id, now, body),
  };
  return new Promise((resolve) => {
    const { request } = url.protocol === "https:" ? https : http;
    const sent = request(
      url,
      { method: "POST", headers, lookup: guarded, timeout: TIMEOUT_MS },
      (response) => {
        const status = response.statusCode ?? 0;
        const isDelivered = status >= 200 && status < 300;
        response.destroy();
        resolve({ isDelivered, status, error: isDelivered ? null : `the receiver answered ${status}` });
      },
    );
    const deadline = setTimeout(
      () => sent.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)),
      TIMEOUT_MS,
    );
    sent.on("timeout", () => sent.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)));
    sent.on("error", (error) => resolve(failed(messageOf(error))));
    sent.on("close", () => clearTimeout(deadline));
    sent.end(body);
  });
}

function refusal(name: string, address: string): string {
  return `${name} is ${address}, which is not an address of the public internet. Set allow_private to allow it`;
}
