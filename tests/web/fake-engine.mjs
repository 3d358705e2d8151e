/**
 * Stands in for the engine where a test is about what surrounds it. A fake bot is `{ id, name, start, handle }`:
 * `start(state)` and `handle(state, event)` change the state, which has the fields of Status, and give effects;
 * `handle` gives null for an event that is to be rejected.
 */
export class BotError extends Error {}

/** Effects that most fake bots give. */
export const say = (text) => ({ type: "say", message: { kind: "text", text } });
export const ask = { type: "ask", kind: "text", options: [], sensitive: false, attributeType: "text" };

const initial = { awaiting: "nothing", dialog: "default", authenticated: false, authenticatedAt: null, authenticationExpiresAt: null, subject: null, sensitive: false };

function conversation(bot, state) {
  return {
    handle(event) {
      const before = structuredClone(state);
      const effects = bot.handle(state, event);
      if (effects) return { effects };
      Object.assign(state, before);
      return { rejected: "the fake bot says so" };
    },
    status: () => state,
    snapshot: () => JSON.stringify(state),
  };
}

export function startConversation(bot, opening) {
  const state = { ...initial, opening };
  return { effects: bot.start(state), conversation: conversation(bot, state) };
}

export function restoreConversation(bot, snapshot) {
  const state = JSON.parse(snapshot);
  if (!state?.awaiting) return { refused: "damaged" };
  return { effects: bot.restore?.(state) ?? [], conversation: conversation(bot, state) };
}

export async function loadBot() {
  return globalThis.fakeBot;
}
