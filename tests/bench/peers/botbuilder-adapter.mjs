/** The smallest adapter of the Bot Framework: it gathers what a bot sends. One is made for each turn, as its hosts do with a request. */
import { BotAdapter, TurnContext } from "botbuilder";

class GatheringAdapter extends BotAdapter {
  sent = [];
  async sendActivities(_, activities) {
    this.sent.push(...activities);
    return activities.map((_, index) => ({ id: String(index) }));
  }
}

/** Runs a turn of the conversation `id` and returns what was sent. Without a text it is the user joining. */
export async function runTurn(id, text, onTurn) {
  const adapter = new GatheringAdapter();
  const activity = {
    type: text === undefined ? "conversationUpdate" : "message",
    id: "1", text, channelId: "bench", locale: "en-us", serviceUrl: "",
    conversation: { id }, from: { id: `user-${id}` }, recipient: { id: "bot" },
  };
  await adapter.runMiddleware(new TurnContext(adapter, activity), onTurn);
  return adapter.sent;
}

export function messages(sent) {
  return sent.filter(({ type, text }) => type === "endOfConversation" || text).map(({ type, text, suggestedActions }) => {
    if (type === "endOfConversation") return "(end)";
    return suggestedActions ? { text, options: suggestedActions.actions.map(({ title }) => title) } : text;
  });
}
