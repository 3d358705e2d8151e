/** A tab that outlives its renderer: driven by the DevTools protocol alone, for Playwright gives a page up that crashed. */
import { setTimeout as pass } from "node:timers/promises";

const patienceMs = 20_000;

export class Tab {
  #session;
  #stage;
  #crashed = null;
  #whyNot = "";

  static async open(browser, stage) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" });
    const tab = new Tab();
    tab.#stage = stage;
    tab.#session = await context.newCDPSession(await context.newPage());
    await tab.#session.send("Inspector.enable");
    await tab.#session.send("Page.enable");
    tab.#session.on("Page.backForwardCacheNotUsed", ({ notRestoredExplanations }) => (tab.#whyNot = notRestoredExplanations.map(({ reason }) => reason).join()));
    tab.#session.on("Inspector.targetCrashed", () => tab.#crashed?.());
    return tab;
  }

  /** Runs `kill[name](...given)` of the page (in-page.mjs). */
  do(name, ...given) { return this.evaluate(`kill.${name}(${given.map((one) => JSON.stringify(one)).join()})`); }

  async evaluate(expression) {
    const { result, exceptionDetails } = await this.#session.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** A fresh tab as far as a page can tell, with the chat open. */
  async begin() {
    await this.#go("/away.html");
    await this.evaluate("sessionStorage.clear()");
    await this.#leaveFor(() => this.#session.send("Page.navigate", { url: `${this.#stage.origin}/` }));
    await this.do("open");
    await this.do("settle");
  }

  async reload() {
    await this.#leaveFor(() => this.#session.send("Page.reload"));
    await this.do("settle");
  }

  /** Sends `act`, and reloads in the same task. */
  async actAndReload(act) {
    let fault;
    // The answer is lost with the page.
    const left = this.#leaveFor(() => void this.do("actAndReload", act).catch((error) => (fault = error)));
    await left.catch((error) => { throw fault ?? error; });
    await this.do("settle");
  }

  /** Kills the renderer, if need be while `act` is being done, and loads the page again. */
  async crash(act) {
    const crashed = new Promise((resolve) => (this.#crashed = resolve));
    if (act) {
      await this.evaluate(`kill.control(${JSON.stringify(act)}).then((control) => void (kill.next = control))`);
      void this.evaluate(`kill.use(kill.next, ${JSON.stringify(act)})`).catch(() => {});
    }
    void this.#session.send("Page.crash").catch(() => {});
    await crashed;
    await this.#leaveFor(() => this.#session.send("Page.reload"));
    await this.do("settle");
  }

  /** Away to another page of the site and back, by the back/forward cache: it comes out of there. */
  async throughCache(away, tries = 5) {
    const { serial, restored } = await this.evaluate("({ serial: kill.serial, restored: kill.restored })");
    await this.#go(away);
    if (away === "/second.html") await this.do("settle");
    const { currentIndex, entries } = await this.#session.send("Page.getNavigationHistory");
    await this.#navigate("Page.navigateToHistoryEntry", { entryId: entries[currentIndex - 1].id });
    await this.#until("the page that comes back", `location.pathname === "/" && (globalThis.kill?.restored > ${restored} || globalThis.kill?.serial !== ${serial})`);
    const now = await this.evaluate("({ serial: kill.serial, restored: kill.restored })");
    await this.do("settle");
    if (now.serial === serial && now.restored === restored + 1) return;
    // The protocol itself may have asked something of the page: then it was loaded again, and is sent away again.
    if (!this.#whyNot.includes("JavaScriptExecution") || tries === 1) throw new Error(`the page did not come out of the back/forward cache: ${this.#whyNot}`);
    await this.throughCache(away, tries - 1);
  }

  async #go(path) {
    await this.#navigate("Page.navigate", { url: this.#stage.origin + path });
    await this.#until(path, `location.pathname === ${JSON.stringify(path)} && document.readyState === "complete"`);
  }

  /** To ask a page anything while it goes into the cache would throw it out of there. */
  async #navigate(...command) {
    const navigated = new Promise((resolve) => this.#session.once("Page.frameNavigated", resolve));
    await this.#session.send(...command);
    await navigated;
  }

  /** Until another page is there than now. */
  async #leaveFor(leave) {
    const { serial } = this.#stage;
    await leave();
    await this.#until("the page", `globalThis.kill?.serial > ${serial} && document.readyState !== "loading"`);
  }

  async #until(what, condition) {
    for (const end = Date.now() + patienceMs; Date.now() < end; await pass(5)) {
      // While the page changes there may be none to ask.
      if (await this.evaluate(condition).catch(() => false)) return;
    }
    throw new Error(`${what} does not come`);
  }
}
