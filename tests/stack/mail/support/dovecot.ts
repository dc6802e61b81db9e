import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { vi } from "vitest";
import { CERTIFICATE, PRIVATE_KEY } from "./certificate";

// Dovecot refuses to run its sign-in as root; 65534 is the user "nobody" on every Unix.
const isRoot = process.getuid?.() === 0;
const uid = isRoot ? 65534 : (process.getuid?.() ?? 0);
const gid = isRoot ? 65534 : (process.getgid?.() ?? 0);

/** Where the `dovecot` program is, if this machine has one. Version 2.4 reads another configuration than is written here. */
export function findDovecot(): string | undefined {
  for (const program of ["dovecot", "/usr/sbin/dovecot", "/usr/local/sbin/dovecot"])
    try {
      if (/^2\.[0-3]\./.test(execFileSync(program, ["--version"], { encoding: "utf8", stdio: "pipe" })))
        return program;
    } catch {
      // Not at this place.
    }
  return undefined;
}

/** A private Dovecot on free ports of this machine, over TLS, its mail in a temporary folder. */
export async function startDovecot(program: string) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "upstream-dovecot-"));
  const [imapPort, lmtpPort] = [await freePort(), await freePort()];
  for (const name of ["run", "state", "store"]) mkdirSync(path.join(folder, name));
  writeFileSync(path.join(folder, "cert.pem"), CERTIFICATE);
  writeFileSync(path.join(folder, "key.pem"), PRIVATE_KEY, { mode: 0o600 });
  writeFileSync(path.join(folder, "dovecot.conf"), configuration(folder, imapPort, lmtpPort));
  for (const name of ["", "run", "state", "store", "cert.pem", "key.pem", "dovecot.conf"])
    chownSync(path.join(folder, name), uid, gid);
  chmodSync(folder, 0o755);
  const child = spawn(program, ["-F", "-c", path.join(folder, "dovecot.conf")], {
    ...(isRoot ? { uid, gid } : {}),
    stdio: "ignore",
  });
  const stopNow = () => child.kill("SIGTERM");
  process.once("exit", stopNow);
  await vi.waitFor(() => connects(imapPort), { timeout: 8000, interval: 20 });
  return {
    imapPort,
    lmtpPort,
    stop: async () => {
      process.off("exit", stopNow);
      await ended(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configuration(folder: string, imapPort: number, lmtpPort: number): string {
  const user = idName("-un", uid);
  const group = idName("-gn", uid);
  return `base_dir = ${folder}/run
state_dir = ${folder}/state
instance_name = upstream-test-${imapPort}
protocols = imap lmtp
listen = 127.0.0.1
log_path = ${folder}/dovecot.log
ssl = required
ssl_cert = <${folder}/cert.pem
ssl_key = <${folder}/key.pem
default_internal_user = ${user}
default_internal_group = ${group}
default_login_user = ${user}
first_valid_uid = ${uid}
first_valid_gid = ${gid}
mail_location = maildir:~/Maildir
mail_fsync = never
passdb {
  driver = static
  args = password=right
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${folder}/store/%n allow_all_users=yes
}
service imap-login {
  chroot =
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    port = ${imapPort}
    ssl = yes
  }
}
service anvil {
  chroot =
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${lmtpPort}
  }
}
protocol lmtp {
  auth_username_format = %n
  postmaster_address = postmaster@oak.example
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Gesendet {
    auto = create
    special_use = \\Sent
  }
  mailbox Entwurf {
    auto = create
    special_use = \\Drafts
  }
  mailbox Werbung {
    auto = create
    special_use = \\Junk
  }
}
`;
}

function idName(flag: "-un" | "-gn", id: number): string {
  return execFileSync("id", [flag, String(id)], { encoding: "utf8" }).trim();
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

function connects(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve();
    });
    socket.once("error", reject);
  });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
    return undefined;
  });
}
