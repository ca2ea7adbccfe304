import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { createSecureContext } from "node:tls";
import { messageOf, UsageError } from "../lib/errors.ts";

/** The certificate and the key of a server, in PEM. */
export interface TlsFiles {
  certificate: string;
  key: string;
}

/**
 * Reads the files that `tls` of server.yml names, and checks that they belong together.
 *
 * @param dir the project folder, from which their paths start.
 * @returns null when none is named.
 * @throws UsageError when one of them is missing, cannot be read, or is not what it should be.
 */
export function readTls(
  tls: { certificate: string | null; key: string | null },
  dir: string,
): TlsFiles | null {
  const { certificate, key } = tls;
  if (certificate === null && key === null) return null;
  if (certificate === null || key === null) {
    const missing = certificate === null ? "certificate" : "key";
    throw new UsageError(`tls.${missing} in server.yml is missing: TLS needs the certificate and its key`);
  }
  const files = { certificate: read(certificate, dir, "certificate"), key: read(key, dir, "key") };
  if (!files.key.includes("PRIVATE KEY-----")) {
    throw new UsageError(`tls.key: ${key} has no private key in PEM ("-----BEGIN PRIVATE KEY-----")`);
  }
  if (!files.certificate.includes("-----BEGIN CERTIFICATE-----")) {
    throw new UsageError(
      `tls.certificate: ${certificate} has no certificate in PEM ("-----BEGIN CERTIFICATE-----")`,
    );
  }
  try {
    createSecureContext({ cert: files.certificate, key: files.key });
  } catch (error) {
    throw new UsageError(
      `tls: ${certificate} and ${key} cannot be used together: ${messageOf(error)}. The key must be that of the certificate, without a passphrase`,
      { cause: error },
    );
  }
  return files;
}

function read(path: string, dir: string, what: "certificate" | "key"): string {
  try {
    return readFileSync(resolve(dir, path), "utf8");
  } catch (error) {
    throw new UsageError(`tls.${what}: cannot read ${path}: ${messageOf(error)}`, { cause: error });
  }
}
