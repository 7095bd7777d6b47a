// Ann at the playground: she types and presses, and looks at what comes.

import { join } from "node:path";
import { OUT } from "./stage.mjs";

const SOON = 20_000; // milliseconds: an answer takes far less, but the machine may be busy

export class Client {
  #page;
  #pictures = 0;

  constructor(page) {
    this.#page = page;
    page.setDefaultTimeout(SOON);
  }

  /** Come in. The playground then tells Prep that it was added. */
  async enter(address) {
    await this.#page.goto(address);
    await this.#page.getByRole("textbox").last().waitFor();
    await this.#page.getByRole("button", { name: "Hide log panel" }).click();
  }

  /** Go to the direct message with Prep, or to a channel. */
  async open(place) {
    await this.#page.getByRole("treeitem", { name: new RegExp(`${place}$`) }).click();
  }

  /** Say something to Prep in the direct message. */
  async say(words) {
    await this.#page.getByRole("textbox").last().click();
    await this.#page.keyboard.type(words);
    await this.#page.keyboard.press("Enter");
  }

  /** Begin a post in a channel that mentions Prep. */
  async mention(words) {
    await this.#page.getByRole("textbox").first().click();
    await this.#page.keyboard.type("@");
    await this.#page.getByRole("menuitem", { name: "Prep" }).click();
    await this.#page.keyboard.type(` ${words}`);
    await this.#page.getByRole("button", { name: "Post", exact: true }).click();
  }

  /** Press a button: in the direct message the newest one of that name. */
  async press(label) {
    await this.#card.getByRole("button", { name: label, exact: true }).last().click();
  }

  /** Write into a field: in the direct message the newest one of that name. */
  async fill(field, text) {
    await this.#card.getByLabel(field).last().fill(text);
  }

  /** Wait until a card says all of this; its whole text. */
  async sees(...texts) {
    let card = this.#card;
    for (const text of texts) card = card.filter({ hasText: text });
    await this.#wait(card.last(), texts);
    return card.last().innerText();
  }

  /** Wait until something stands anywhere among the messages. */
  async reads(text, patience = SOON) {
    await this.#wait(this.#page.getByText(text).last(), [text], patience);
  }

  /** Whether a message says this now. */
  async isSaid(text) {
    return (await this.#page.getByText(text).count()) > 0;
  }

  /** How many cards of the place that is open say this. */
  async count(text) {
    return this.#card.filter({ hasText: text }).count();
  }

  /** Keep a picture of the window. */
  async picture(name) {
    await this.#page.waitForTimeout(300); // what slides in has come to rest
    const number = String(++this.#pictures).padStart(2, "0");
    await this.#page.screenshot({ path: join(OUT, `${number}-${name}.png`) });
  }

  get #card() {
    return this.#page.locator(".ac-adaptiveCard");
  }

  async #wait(found, texts, patience = SOON) {
    try {
      await found.waitFor({ timeout: patience });
    } catch {
      await this.picture("not-seen");
      const there = await this.#card.allInnerTexts();
      const wanted = texts.map((text) => `"${text}"`).join(" and ");
      throw new Error(`not seen within ${patience / 1000} s: ${wanted}\nthe last cards say:\n${there.slice(-2).join("\n--\n")}`);
    }
  }
}
