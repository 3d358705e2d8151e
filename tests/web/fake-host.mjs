/** A Host whose clock, network and storage a test holds in its hands. */
export class FakeHost {
  clock = 1_000_000;
  stored = null;
  timers = [];
  calls = [];
  emitted = [];
  handedOver = [];
  reported = [];
  signOuts = 0;

  now = () => this.clock;

  startTimer = (delayMs, fire) => {
    const timer = { due: this.clock + delayMs, fire };
    this.timers.push(timer);
    return () => (this.timers = this.timers.filter((other) => other !== timer));
  };

  call = (call, stop) => {
    const pending = { call, stop, ...Promise.withResolvers() };
    this.calls.push(pending);
    stop.addEventListener("abort", () => pending.resolve({ failed: "aborted" }));
    return pending.promise;
  };

  load = () => this.stored;
  save = (text) => void (this.stored = text);
  opening = () => ({ conversationId: "c", seed: 1, pageUrl: null, pageLanguage: null });
  emit = (name, data) => void this.emitted.push({ name, data });
  handOver = (data, transcript) => void this.handedOver.push({ data, transcript });
  report = (problem) => void this.reported.push(problem);
  signedOut = () => void this.signOuts++;

  /** Lets time pass; timers that come due fire in their order. */
  pass(ms) {
    const end = this.clock + ms;
    for (;;) {
      const [next] = this.timers.filter(({ due }) => due <= end).sort((a, b) => a.due - b.due);
      if (!next) break;
      this.clock = Math.max(this.clock, next.due);
      this.timers = this.timers.filter((other) => other !== next);
      next.fire();
    }
    this.clock = end;
  }
}
