// Prep, the playground and a browser, each a process of its own and on this machine alone.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const HERE = fileURLToPath(new URL(".", import.meta.url));
export const OUT = join(HERE, "out");
export const ZONE = "Asia/Tokyo"; // where Ann is: not where the machine is, and no hour there comes twice
const PATIENCE = 40_000; // milliseconds for a process to be there
const PARTING = 12_000; // and to go
const LONGEST = 220_000; // for everything: then whoever still waits for something is told that it is over
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
  "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1", // fonts from elsewhere, and the like
];

/** Start everything; `stop` ends all of it, also what was begun before something failed. */
export async function raise() {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  const stage = new Stage();
  try {
    await stage.start();
  } catch (error) {
    await stage.stop();
    throw error;
  }
  return stage;
}

class Stage {
  #folder = mkdtempSync(join(tmpdir(), "prep-e2e-"));
  #running = [];
  #browser = null;

  constructor() {
    setTimeout(() => this.stop(), LONGEST).unref();
    process.once("exit", () => this.#running.forEach(({ child }) => child.kill("SIGKILL")));
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
  }

  async start() {
    const [ours, theirs] = [await freePort(), await freePort()];
    const prep = `http://127.0.0.1:${ours}`;
    this.address = `http://127.0.0.1:${theirs}`;
    await this.#run("prepbot", join(HERE, "../.venv/bin/prepbot"), ["run"], `${prep}/readyz`, {
      DATABASE_URL: `sqlite:///${join(this.#folder, "prep.db")}`,
      TEAMS_ALLOW_ANONYMOUS: "true",
      HOST: "127.0.0.1",
      PORT: String(ours),
    });
    const playground = join(HERE, "node_modules/@microsoft/m365agentsplayground/cli.js");
    const asked = ["--app-endpoint", `${prep}/api/messages`, "--channel-id", "msteams", "--port", String(theirs)];
    await this.#run(
      "playground",
      process.execPath,
      ["--require", join(HERE, "loopback.cjs"), playground, "start", ...asked, "--disable-telemetry"],
      `${this.address}/_debug/ping`,
      {
        TEAMSAPPTESTER_BROWSER: "none",
        M365_AGENTS_PLAYGROUND_CONFIG_PATH: join(HERE, "playground.yml"),
        M365_AGENTS_PLAYGROUND_LOGFILE: join(OUT, "playground-own.log"),
        TZ: ZONE,
      },
    );
    this.#browser = await chromium.launch({
      executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
      args: FLAGS,
      env: { ...this.#env(), LANG: "C.UTF-8" },
      timeout: PATIENCE,
    });
    this.page = await this.#browser.newPage({ viewport: { width: 1400, height: 1000 }, timezoneId: ZONE });
  }

  /** End everything, and say how Prep ended: its exit code, null where it had to be killed. */
  async stop() {
    await this.#browser?.close();
    const ended = await Promise.all(this.#running.map(end));
    this.#running = [];
    rmSync(this.#folder, { recursive: true, force: true });
    return ended[0];
  }

  /** What Prep has logged. */
  get log() {
    return readFileSync(join(OUT, "prepbot.log"), "utf8");
  }

  #env() {
    // Nothing of the caller's settings: no token of theirs, no database of theirs.
    return { PATH: process.env.PATH, HOME: this.#folder, TMPDIR: this.#folder };
  }

  async #run(name, command, words, ready, settings) {
    const log = openSync(join(OUT, `${name}.log`), "w");
    const env = { ...this.#env(), ...settings };
    const child = spawn(command, words, { cwd: this.#folder, env, stdio: ["ignore", log, log] });
    closeSync(log);
    const gone = once(child, "exit");
    gone.catch(() => {}); // a command that is not there is told below
    this.#running.push({ child, gone });
    const until = Date.now() + PATIENCE;
    while (!(await answers(ready))) {
      if (child.exitCode !== null || child.pid === undefined || Date.now() > until) {
        const said = readFileSync(join(OUT, `${name}.log`), "utf8").slice(-2_000);
        throw new Error(`${name} is not there after all; it said: ${said || "nothing"}`);
      }
      await sleep(100);
    }
  }
}

async function end({ child, gone }) {
  if (child.pid === undefined) return null;
  if (child.exitCode === null && child.signalCode === null) {
    child.kill("SIGTERM");
    await Promise.race([gone, sleep(PARTING, undefined, { ref: false })]);
    child.kill("SIGKILL");
  }
  return child.exitCode;
}

async function answers(address) {
  try {
    return (await fetch(address, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

async function freePort() {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}
