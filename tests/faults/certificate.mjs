/** Certificates for localhost, made by openssl for one run of the tests: no key lies in the repository. */
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new certificate that nobody vouches for, with its key: `{ cert, key }` as PEM. */
export async function makeCertificate() {
  const folder = await mkdtemp(join(tmpdir(), "latchkey-certificate-"));
  try {
    const options = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost",
      "-addext", "subjectAltName=DNS:localhost", "-keyout", join(folder, "key.pem"), "-out", join(folder, "cert.pem")];
    execFileSync("openssl", options, { stdio: "ignore" });
    return { cert: await readFile(join(folder, "cert.pem"), "utf8"), key: await readFile(join(folder, "key.pem"), "utf8") };
  } finally {
    await rm(folder, { recursive: true });
  }
}
