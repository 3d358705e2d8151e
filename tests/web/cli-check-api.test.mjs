/** `latchkey check-api`: the demo's API passes, and an API with one fault fails that one check. */
import assert from "node:assert/strict";
import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { file, run } from "./cli-run.mjs";
import { ada, bram, siteOrigin, withApi } from "./demo-harness.mjs";
import { withFault } from "./faulty-api.mjs";
import { blocks } from "./snippets.mjs";

/** The plan in the docs, for the API at `origin`. */
function planFor(origin) {
  const plan = JSON.parse(blocks("docs/security.md", "json")[0].replaceAll("https://api.bank.example", origin));
  return { ...plan, site: siteOrigin, customer: { id: ada.id, secret: "$PASSCODE" }, other: { id: bram.id, secret: "$OTHER_PASSCODE" } };
}
const env = { PASSCODE: ada.passcode, OTHER_PASSCODE: bram.passcode };

async function check(plan, ...options) {
  return run(["check-api", ...options, await file("api.json", plan)], { env });
}
const wrongIn = ({ stdout }) => JSON.parse(stdout).filter(({ wrong }) => wrong !== null).map(({ check: name }) => name);

const base64 = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
/** What a token says, by an API that takes any signature. */
function unsigned(token) {
  try {
    return token.split(".").slice(0, 2).map((part) => JSON.parse(Buffer.from(part, "base64url").toString()))[1];
  } catch {
    return undefined;
  }
}

describe("latchkey check-api", () => {
  test("finds nothing wrong with the demo's API", () => withApi(async ({ origin }) => {
    const { status, stdout, stderr } = await check(planFor(origin));
    assert.deepEqual({ status, stderr }, { status: 0, stderr: "" }, stdout);
    assert.match(stdout, /^(ok {4}[^\n]+\n){11}$/);
  }));

  test("finds nothing wrong with the API that the faults are put into", () => withFault({}, async (origin) => {
    assert.deepEqual(wrongIn(await check(planFor(origin), "--json")), []);
  }));

  for (const [title, fault] of Object.entries({
    "an unknown ID and a wrong secret get the same answer": { unknown: [404, { error: "notRecognised" }] },
    "tokens are random, of 128 bits at least": { token: (() => { let last = 10; return () => `t${++last}`; })() },
    "tokens are random, of 128 bits at least: counted behind a long name": { token: (() => { let last = 10; return () => `customer-session-${String(++last).padStart(10, "0")}`; })() },
    "tokens are random, of 128 bits at least: a long name between time and number": { token: (() => { let last = 10; return () => `${176426000000 + ++last * 7}-customer-session-${last}`; })() },
    "tokens are random, of 128 bits at least: digits alone": { token: () => Array.from({ length: 34 }, () => randomInt(10)).join("") },
    "data comes only with a token": { noToken: true },
    "data comes only with a token: whose signature is looked at": {
      token: (id) => [{ alg: "HS256" }, { sub: id, jti: randomUUID() }].map(base64).concat(randomBytes(32).toString("base64url")).join("."),
      subject: (token) => unsigned(token)?.sub,
    },
    "a token opens its own customer's data": { sameData: true },
    "answers are not stored": { cache: "private" },
    "pages of the site may call it": { headers: "authorization" },
    "pages of other sites may not": { origin: (theirs) => theirs },
    "pages of the site may call it: the data": { withoutCors: "data" },
    "pages of the site may call it: the preflight": { withoutCors: "preflight" },
    "pages of the site may call it: no star for Authorization": { headers: "*" },
    "pages of other sites may not: names that begin alike": { origin: (theirs) => (theirs.startsWith(siteOrigin) ? theirs : undefined) },
    "pages of other sites may not: names that end alike": { origin: (theirs) => (theirs.endsWith(new URL(siteOrigin).host) ? theirs : undefined) },
    "pages of other sites may not: pages without an origin": { origin: (theirs) => (theirs === "null" ? theirs : undefined) },
    "attempts are limited": { attempts: Infinity },
    "a token opens its own customer's data: the time in it": { sameData: true, timed: true },
    "attempts are limited: the right secret among them": { limitLetsRightIn: true },
    "attempts are limited: of unknown IDs too": { limitsKnownAlone: true },
    "an unknown ID and a wrong secret get the same answer: under a number": { unknown: [401, { error: "noSuchCustomer", traceId: "1" }], traced: true },
  })) {
    const [name] = title.split(":");
    test(`sees when not: ${title}`, () => withFault(fault, async (origin) => {
      const outcome = await check(planFor(origin), "--json");
      assert.equal(outcome.status, 1);
      assert.ok(wrongIn(outcome).includes(name), outcome.stdout);
      assert.ok(wrongIn(outcome).length <= 2, outcome.stdout);
    }));
  }

  test("takes a token in the body, and an API that refuses with 400 where it is missing", () => withFault({}, async (origin) => {
    const plan = planFor(origin);
    plan.data = { method: "PUT", url: plan.data.url, body: { token: "{{ token }}" } };
    const { status, stdout } = await check(plan);
    assert.equal(status, 0, stdout);
  }));

  test("fills ID and token in wherever they stand in the request for data", () => withFault({}, async (origin, seen) => {
    const plan = planFor(origin);
    plan.data.url = `${origin}/customers/{{ id }}/accounts?token={{ token }}`;
    const { status, stdout } = await check(plan);
    assert.equal(status, 0, stdout);
    assert.ok(seen.some((line) => line.startsWith(`GET /customers/${bram.id}/accounts?token=`)));
    assert.ok(seen.some((line) => /^OPTIONS .*\?token=[^ ]/.test(line)), seen.join("\n"));
    assert.ok(!seen.some((line) => line.includes("%7B")), seen.join("\n"));
  }));

  test("takes random tokens behind a name", () => withFault({ token: () => `session_${randomBytes(16).toString("base64url")}` }, async (origin) => {
    assert.deepEqual(wrongIn(await check(planFor(origin), "--json")), []);
  }));

  test("leaves out what differs between two answers to the same question", () => withFault({ traced: true, timed: true }, async (origin) => {
    const { status, stdout } = await check(planFor(origin));
    assert.equal(status, 0, stdout);
  }));

  test("is content with eight sign-ins of one address, and two wrong secrets in a row", () => withFault({ perAddress: 8, attempts: 3, traced: true }, async (origin) => {
    const { status, stdout } = await check(planFor(origin));
    assert.equal(status, 0, stdout);
  }));

  test("says when it is stopped before the end", () => withFault({ perAddress: 4 }, async (origin) => {
    const { stdout } = await check(planFor(origin));
    assert.match(stdout, /wrong tokens are random, [^\n]+\n +A second sign-in gets 429 and no token\./);
    assert.match(stdout, /It could not be tried: "\d+" gets 429 and no token\./);
  }));

  test("prints no query of an address: a key may be in it", () => withFault({ preflight: 404, withoutCors: "data" }, async (origin) => {
    const plan = planFor(origin);
    for (const request of [plan.signIn, plan.data]) request.url += "?key=hush-hush";
    const outcomes = [await check(plan), await check(planFor("http://api.bank.invalid/?key=hush-hush&"))];
    for (const { stdout } of outcomes) assert.doesNotMatch(stdout, /hush/);
  }));

  test("gives wrong secrets of the form of the right one", () => withFault({ form: /^[a-z]{5}-[a-z]{4}-\d\d$/ }, async (origin) => {
    const { status, stdout } = await check(planFor(origin));
    assert.equal(status, 0, stdout);
  }));

  test("gives the plan's wrong secret, and names it where another form is refused", () => withFault({ form: /^(?:amber-tide-27|cedar-moon-64|birch-lake-15)$/ }, async (origin) => {
    const { stdout } = await check(planFor(origin));
    assert.match(stdout, /wrong a wrong secret is refused\n +It answers 400; a refusal is 401\. If the form is checked first, add a "wrongSecret" of that form to the plan\.\n/);
    const named = await check({ ...planFor(origin), wrongSecret: "birch-lake-15" });
    assert.equal(named.status, 0, named.stdout);
    const right = await check({ ...planFor(origin), wrongSecret: ada.passcode });
    assert.match(right.stderr, /api\.json:\d+:\d+ This is the right secret of "customer"\./);
  }));

  test("a wrong date of birth is a day that there is", async () => {
    const asked = [];
    const form = { test: (secret) => asked.push(secret) };
    await withFault({ form }, (origin) => check({ ...planFor(origin), customer: { id: ada.id, secret: "29.02.1996" } }));
    assert.deepEqual(new Set(asked), new Set(["29.02.1996", "29.02.1992"]));
  });

  for (const [where, change] of Object.entries({
    "its path": { url: "/customers/{{ id }}/accounts" },
    "a header": { url: "/customers/me/accounts", headers: { Authorization: "Bearer {{ token }}", "X-Customer": "{{ id }}" } },
  })) {
    test(`sees an API that gives the data of whoever ${where} names`, () => withFault({ trustsId: true }, async (origin) => {
      const plan = planFor(origin);
      const { stdout } = await check({ ...plan, data: { ...plan.data, ...change, url: origin + change.url } });
      assert.match(stdout, /wrong a token opens its own customer's data\n +A token of "\d+" with the ID "\d+" gets 200 and other data than its own: /);
    }));
  }

  test("refuses places that nothing fills, and says where", async () => {
    const plan = planFor("https://api.bank.example");
    plan.signIn.url += "?t={{ token }}";
    plan.data.headers["X-Customer"] = "{{ ids }}";
    plan.data.body = { list: ["{{ name }}"] };
    const { status, stderr } = await check(plan);
    assert.equal(status, 2);
    assert.match(stderr, /api\.json:4:\d+ Nothing fills a place in this\. There are \{\{ id \}\} and \{\{ secret \}\}\.\n/);
    assert.match(stderr, /([^ ]*api\.json:\d+:\d+ Nothing fills a place in this\. There are \{\{ id \}\}, \{\{ secret \}\} and \{\{ token \}\}\.\n){2}/);
  });

  test("sees a preflight that does not allow the method, or the type of a body", async () => {
    const change = (origin) => ({ ...planFor(origin), data: { method: "PUT", url: `${origin}/customers/me/accounts`, body: { token: "{{ token }}" } } });
    for (const [fault, lacks] of [[{ methods: "GET, POST" }, "Methods lacks PUT"], [{ headers: "authorization, x-passcode" }, "Headers lacks content-type"]]) {
      await withFault(fault, async (origin) => assert.match((await check(change(origin))).stdout, new RegExp(`wrong pages of the site may call it\n +Access-Control-Allow-${lacks}\\.`)));
    }
    await withFault({ methods: "*", headers: "*, authorization" }, async (origin) => assert.equal((await check(change(origin))).status, 0));
  });

  test("asks no preflight of an API that is asked as any form may, nor of it what a browser does not", () => withFault({ preflight: 404 }, async (origin) => {
    const plan = planFor(origin);
    plan.signIn = { method: "POST", url: `${origin}/customers/verify?id={{ id }}&secret={{ secret }}`, token: "token", headers: { Accept: "application/json" } };
    plan.data = { url: `${origin}/customers/me/accounts?token={{ token }}` };
    const { status, stdout } = await check(plan);
    assert.equal(status, 0, stdout);
  }));

  test("sends a body's type once", () => withFault({}, async (origin, seen) => {
    const plan = planFor(origin);
    plan.data = { method: "PUT", url: plan.data.url, headers: { "Content-Type": "application/vnd.bank+json" }, body: { token: "{{ token }}" } };
    const { status, stdout } = await check(plan);
    assert.equal(status, 0, stdout);
    assert.ok(seen.includes("PUT /customers/me/accounts application/vnd.bank+json"), seen.join("\n"));
  }));

  test("says that a GET takes no body along", async () => {
    const plan = planFor("https://api.bank.example");
    plan.signIn.body = { id: "{{ id }}" };
    assert.match((await check(plan)).stderr, /api\.json:10:\d+ A GET takes no body along; add "method": "POST"\./);
  });

  test("sees an API that lets everybody in", () => withFault({ opensToAll: true }, async (origin) => {
    assert.ok(wrongIn(await check(planFor(origin), "--json")).includes("a wrong secret is refused"));
  }));

  test("sees a limit without Retry-After, an unknown ID with other words, a preflight that is refused", async () => {
    for (const fault of [{ retryAfter: false }, { unknown: [401, { error: "noSuchCustomer" }] }, { preflight: 403 }]) {
      await withFault(fault, async (origin) => assert.equal((await check(planFor(origin), "--json")).status, 1));
    }
  });

  test("says in one line that an API is not there", async () => {
    const { status, stderr } = await check({ ...planFor("http://127.0.0.1:9") });
    assert.equal(status, 2);
    assert.match(stderr, /http:\/\/127\.0\.0\.1:9\/customers\/verify cannot be asked: .+\.\n$/);
  });

  test("says in one line that an earlier run has used up the attempts", () => withFault({}, async (origin) => {
    assert.equal((await check(planFor(origin))).status, 0);
    const { status, stderr } = await check(planFor(origin));
    assert.equal(status, 2);
    assert.match(stderr, /\/customers\/verify answers 429: too many attempts, perhaps of this command before\. Try again in \d+ s\.\n$/);
  }));

  test("sees what is sent in clear", async () => {
    const { stdout } = await check({ ...planFor("http://api.bank.invalid") });
    assert.match(stdout, /^wrong it is reached by https, or on this computer\n +http:\/\/api\.bank\.invalid\/customers\/verify is sent in clear: serve it by https\.\n/);
  });

  test("prints no secret: what cannot be sent is named by its variable or its place", async () => {
    const plan = { ...planFor("https://api.bank.example"), customer: { id: "407\n18256", secret: "$PASSCODE" } };
    const refused = await run(["check-api", await file("api.json", plan)], { env: { ...env, PASSCODE: "hush-hush\n" } });
    assert.equal(refused.status, 2);
    assert.match(refused.stderr, /api\.json:\d+:\d+ This must be a text that is not empty, without line breaks and other control characters\.\n/);
    assert.match(refused.stderr, /api\.json:\d+:\d+ The environment's PASSCODE: This must be a text that is not empty, without line breaks/);
    assert.doesNotMatch(refused.stderr, /hush|407/);

    const { signIn } = planFor("http://127.0.0.1:9");
    const outcomes = [
      await check({ ...planFor("http://127.0.0.1:9"), signIn: { ...signIn, headers: { ...signIn.headers, "X-Key": "hush-hush\n\n-" } } }),
      await run(["check-api", await file("api.json", planFor("http://127.0.0.1:9"))], { env: { ...env, PASSCODE: "hush-ł-hush" } }),
    ];
    for (const { stdout, stderr } of outcomes) {
      assert.match(stderr, /cannot be asked: a URL, a header or what is filled in holds characters that cannot be sent\./);
      assert.doesNotMatch(stdout + stderr, /hush|322/);
    }
  });

  test("says what is wrong with its file, and where", async () => {
    const { status, stderr } = await check({ ...planFor("https://api.bank.example"), sites: 1, site: "bank.example" });
    assert.equal(status, 2);
    assert.match(stderr, /api\.json:2:\d+ This must be an origin, such as "https:\/\/bank\.example"/);
    assert.match(stderr, /There is no field "sites" here; did you mean "site"\?/);
    const missing = await run(["check-api", await file("api.json", planFor("https://api.bank.example"))], { env: { PASSCODE: "x" } });
    assert.deepEqual([missing.status, missing.stderr], [2, `latchkey: ${await file("api.json", planFor("https://api.bank.example"))}: The environment has no OTHER_PASSCODE.\n`]);
  });
});
