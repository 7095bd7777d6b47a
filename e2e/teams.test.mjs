// One purchase in a real client of Teams: a quick plan, a concession, a reminder that comes into a channel by itself.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Client } from "./client.mjs";
import { raise, ZONE } from "./stage.mjs";

const MINUTE = 60_000;
const IN_TIME = 2 * MINUTE; // at most 80 seconds to the minute, 15 to the bell, and a busy machine

let stage;
let ann;
let broken = "";

/** A step of the story; after one that failed, the others are left out, as they could only fail too. */
function step(name, act) {
  test(name, async (context) => {
    if (broken) return context.skip(`after "${broken}" failed`);
    broken = name;
    await act();
    broken = "";
  });
}

before(async () => {
  stage = await raise();
  ann = new Client(stage.page);
  await ann.enter(stage.address);
});

after(async () => {
  await stage?.stop();
});

/** The next full minute that is not upon us, where Ann is: ["2026-03-02 09:31", "9:31 AM"]. */
function nextMinute() {
  const moment = new Date(Math.ceil((Date.now() + MINUTE / 3) / MINUTE) * MINUTE);
  const written = (locale, style) => new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...style }).format(moment);
  const typed = written("sv-SE", { dateStyle: "short", timeStyle: "short" });
  return [typed, written("en-US", { timeStyle: "short" }).replace(/\s/g, " ")];
}

/** What only Ann may see stands where she asked, or in the direct message; the playground shows both to her. */
async function answeredAlone(first, ...rest) {
  const moved = "I have answered you in private";
  await ann.reads(new RegExp(`${first}|${moved}`));
  if (await ann.isSaid(moved)) await ann.open("Personal Chat");
  await ann.sees(first, ...rest);
}

step("Prep introduces itself when it is added", async () => {
  await ann.sees("I am Prep");
  await ann.picture("introduction");
});

step("a reminder is set in a channel", async () => {
  await ann.open("housings");
  await ann.sees("I am Prep", "mention me");
  const [typed, shown] = nextMinute();
  await ann.mention(`remind here ${typed} ask for the samples`);
  await answeredAlone("Reminder set", `${shown}, in #housings: ask for the samples`);
  await ann.picture("reminder-set");
});

step("a quick plan is prepared by typing and pressing", async () => {
  await ann.open("Personal Chat");
  await ann.say("new Acme: housings");
  await ann.sees("quick or full?");
  await ann.press("Quick");
  await ann.sees("1 of 8");
  await ann.say("Acme, housings, 30k a year, 3.95");
  await ann.sees("Kept: housings", "2 of 8");
  await ann.press("Skip");
  await ann.sees("Skipped: talks", "3 of 8");
  await ann.say("cheap");
  await ann.sees("not a number", "For example: 3.45 / 3.70 / 4.05");
  await ann.picture("misread");
  await ann.say("3.45 / 3.70 / 4.05");
  await ann.sees("4 of 8");
  await ann.picture("question");
  await ann.press("Don't know");
  await ann.sees("a gap", "5 of 8");
  await ann.say("Borg 4.18, 12 weeks, 80 %");
  await ann.sees("6 of 8");
  await ann.say("net 60/45/30; lead 21/28/45");
  await ann.sees("7 of 8");
  await ann.press("Section as a form");
  await ann.fill("What could you give away", "27k minimum if <= 3.74");
  await ann.picture("form");
  await ann.press("Save");
  await ann.sees("27k minimum");
  await ann.picture("form-saved");
  await ann.say("stop");
  const brief = await ann.sees("% ready", "Gaps");
  for (const figure of ["3.45/3.70/4.05", "net 60/45/30", "lead 21/28/45", "Borg"]) {
    assert.ok(brief.includes(figure), `the brief lacks ${figure}:\n${brief}`);
  }
  await ann.picture("brief");
});

step("a concession is logged, and stands in the log", async () => {
  await ann.say("give acme price 3.58 -> 3.68 for lead 40 -> 32");
  await ann.sees("3.58", "3.68", "32");
  await ann.picture("concession");
  await ann.say("log acme");
  await ann.sees("Acme", "3.58", "3.68");
  await ann.picture("log");
});

step("the reminder comes into the channel by itself, and is done with a press", async () => {
  await ann.open("housings");
  await ann.reads("Snooze", IN_TIME);
  await ann.picture("reminder");
  await ann.press("Done");
  await ann.sees("ask for the samples", "Done by");
  assert.equal(await ann.count("Snooze"), 0, "the card still offers what was done");
  await ann.picture("done");
});

step("no figure of the plan has come into the channel", async () => {
  assert.equal(await ann.count(/3\.\d\d|Borg|ready/), 0);
});

step("what is asked about a plan in a channel is answered to whoever asks, with buttons that work", async () => {
  await ann.mention("show acme");
  await answeredAlone("Acme: housings", "% ready", "3.45/3.70/4.05");
  await ann.press("Terms");
  await ann.sees("Acme", "lead", "21", "28", "45", "net");
  await ann.picture("asked-in-a-channel");
});

step("nothing went wrong behind the scenes, and Prep stops when it is told to", async () => {
  const troubled = stage.log.split("\n").filter((line) => /"level": "(error|critical)"|Traceback/.test(line));
  assert.deepEqual(troubled, []);
  assert.equal(await stage.stop(), 0);
});
