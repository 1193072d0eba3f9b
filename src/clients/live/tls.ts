import path from "node:path";
import type { SecureContextOptions } from "node:tls";
import { NO_REGULAR_FILE, readAtMost } from "../../core/bounded-file.ts";
import type { Setting, Tls } from "../../core/connections.ts";
import { error, KpipeError } from "../../core/errors.ts";
import type { Position } from "../../core/model.ts";

/** A setting's value, to be sent to a server. Throws if a variable of it isn't set. */
export function settingText(setting: Setting, position: Position): string {
  if (typeof setting === "string") return setting;
  const value = setting.reveal();
  if (value !== undefined) return value;
  const names = setting.variables.join(", ");
  throw new KpipeError(
    error("KP3029", `${names} is not set`, {
      position,
      next: `Set ${names}, or a file that holds it: ${setting.variables.map((it) => `${it}_FILE`).join(", ")}.`,
    }),
  );
}

/**
 * Node's form of TLS settings. Each of `ca`, `cert` and `key` is PEM text or the path of a PEM file, relative
 * to the file that names it. Throws KP3028 for a file that can't be read.
 */
export function tlsOptions(
  { ca, cert, key, passphrase, serverName }: Tls,
  position: Position,
): SecureContextOptions & { servername?: string } {
  const pem = (setting: Setting) => pemText(settingText(setting, position), position);
  return {
    ...(ca !== undefined && { ca: pem(ca) }),
    ...(cert !== undefined && { cert: pem(cert) }),
    ...(key !== undefined && { key: pem(key) }),
    ...(passphrase !== undefined && { passphrase: settingText(passphrase, position) }),
    ...(serverName !== undefined && { servername: settingText(serverName, position) }),
  };
}

/** All the authorities that a system trusts are a quarter of it. */
const LARGEST_PEM = 2 ** 20;

function pemText(setting: string, position: Position): string {
  if (setting.includes("-----BEGIN")) return setting;
  const file = path.resolve(path.dirname(position.file), setting);
  const bytes = pemBytes(file, setting, position);
  if (bytes.length <= LARGEST_PEM) return new TextDecoder().decode(bytes);
  throw new KpipeError(
    error("KP3028", `${setting} has more than ${LARGEST_PEM} bytes`, {
      position,
      next: "Name a file with certificates or a key in PEM.",
    }),
  );
}

function pemBytes(file: string, setting: string, position: Position): Uint8Array {
  try {
    return readAtMost(file, LARGEST_PEM);
  } catch (cause) {
    const isOther = cause instanceof Error && "code" in cause && cause.code === NO_REGULAR_FILE;
    const message = isOther ? `${setting} is no regular file` : `${setting} can't be read`;
    throw new KpipeError(error("KP3028", message, { position }), cause);
  }
}
