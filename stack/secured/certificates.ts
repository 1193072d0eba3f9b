import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { StackError } from "../stack-error.ts";
import { findProgram } from "../toolchain.ts";

/** Paths of PEM files. */
interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface Certificates {
  readonly ca: string;
  /** Key and certificate in one file, as Kafka reads them. */
  readonly broker: string;
  readonly admin: Certificate;
  readonly guest: Certificate;
}

/** Where `makeCertificates` puts its files. */
export function certificatesIn(folder: string): Certificates {
  const of = (name: string): Certificate => ({
    cert: join(folder, `${name}.pem`),
    key: join(folder, `${name}.key`),
  });
  return {
    ca: join(folder, "ca.pem"),
    broker: join(folder, "broker.both.pem"),
    admin: of("admin"),
    guest: of("guest"),
  };
}

/**
 * A certificate authority of one's own, a certificate for the broker under these host names and addresses, and
 * client certificates whose common name is the user. Kept if the folder is there.
 */
export async function makeCertificates(folder: string, hosts: readonly string[]): Promise<void> {
  if (existsSync(folder)) return;
  const openssl = findProgram("openssl");
  if (openssl === undefined) {
    throw new StackError(
      "The secured Kafka makes its certificates with openssl, and there is none on the PATH.",
    );
  }
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  const run = (...args: readonly string[]) => promisify(execFile)(openssl, args, { cwd: partial });
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "3650"];
  await run("req", "-x509", ...newKey, "-subj", "/CN=kpipe stack CA", "-keyout", "ca.key", "-out", "ca.pem");
  const sign = async (name: string, extensions: string) => {
    await writeFile(join(partial, `${name}.ext`), `${extensions}\n`);
    await run(
      "req",
      ...newKey.slice(0, -2),
      "-subj",
      `/CN=${name}`,
      "-keyout",
      `${name}.key`,
      "-out",
      `${name}.csr`,
    );
    const ca = [
      "-CA",
      "ca.pem",
      "-CAkey",
      "ca.key",
      "-set_serial",
      String(serials[name] ?? 1),
      "-days",
      "3650",
    ];
    await run("x509", "-req", "-in", `${name}.csr`, ...ca, "-extfile", `${name}.ext`, "-out", `${name}.pem`);
  };
  await sign("broker", `subjectAltName=${hosts.map(alternativeName).join(",")}`);
  await sign("admin", "extendedKeyUsage=clientAuth");
  await sign("guest", "extendedKeyUsage=clientAuth");
  const both = await Promise.all(
    ["broker.key", "broker.pem"].map((file) => readFile(join(partial, file), "utf8")),
  );
  await writeFile(join(partial, "broker.both.pem"), both.join(""));
  await rename(partial, folder);
}

const serials: Readonly<Record<string, number>> = { broker: 1, admin: 2, guest: 3 };

function alternativeName(host: string): string {
  return /^[\d.]+$/.test(host) ? `IP:${host}` : `DNS:${host}`;
}
