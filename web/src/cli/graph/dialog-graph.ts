/** The dialogs of a bot, and what leads from one to another. */
import { isObject, type JsonObject } from "../test/json.js";
import type { Json } from "../../protocol.js";
import { conditionText, shortUrl } from "./labels.js";

/**
 * `default`: the first of every session. No dialogs are `start`, `handOver` and `end`, `fallback` (the settings' own) and
 * `reference` (stands for another node).
 */
export type NodeKind = "standard" | "default" | "authentication" | "sessionExpired" | "start" | "fallback" | "handOver" | "end" | "reference";

export interface GraphNode {
  kind: NodeKind;
  /** of a dialog */
  id: string | null;
  name: string;
  secured: boolean;
  keywords: string[];
  /** `GET api.acme.example/customers/verify`, each once */
  calls: string[];
  /** what else is worth knowing, such as how long an authentication lasts */
  remarks: string[];
}

/**
 * `flow`: the elements say so. `fallback`: so they do when an answer is not understood or a request not answered.
 * `signIn`: the engine does it by itself, there and back: who enters a secured dialog has to sign in before.
 * `implicit`: the engine does it by itself.
 */
export type EdgeKind = "flow" | "fallback" | "signIn" | "implicit";

export interface GraphEdge {
  /** indexes of nodes */
  from: number;
  to: number;
  kind: EdgeKind;
  /** under which circumstances, one of them; none when it is always so */
  labels: string[];
}

export interface DialogGraph {
  title: string;
  nodes: GraphNode[];
  edges: GraphEdge[];
}

/** How the elements are reached that are looked at. */
interface Way { from: number; kind: EdgeKind; label: string | null }

/** Draws up the graph of a bot file (its JSON) that the engine has loaded without an error. */
export function graphOf(bot: Json): DialogGraph {
  const builder = new Builder(objectOf(bot));
  return builder.build();
}

class Builder {
  #bot: JsonObject;
  #dialogs: JsonObject[];
  #nodes: GraphNode[] = [];
  #edges = new Map<string, GraphEdge>();
  #byId = new Map<string, number>();
  #byKeyword = new Map<string, number>();

  constructor(bot: JsonObject) {
    this.#bot = bot;
    this.#dialogs = listOf(bot["dialogs"]).map(objectOf);
  }

  build(): DialogGraph {
    for (const dialog of this.#dialogs) this.#addDialog(nodeOf(dialog));
    this.#connect({ from: this.#node("start", "Start"), kind: "implicit", label: null }, this.#byId.get("default"));
    for (const [index, dialog] of this.#dialogs.entries()) {
      this.#walk(dialog["elements"], { from: index, kind: "flow", label: null });
      this.#addWhatTheEngineDoes(index, dialog);
    }
    this.#addFallback();
    return { title: String(this.#bot["name"] ?? this.#bot["id"]), nodes: this.#nodes, edges: [...this.#edges.values()] };
  }

  #addDialog(node: GraphNode): void {
    const index = this.#nodes.push(node) - 1;
    this.#byId.set(String(node.id), index);
    for (const keyword of node.keywords) this.#byKeyword.set(folded(keyword), index);
  }

  /** The one node of this kind, made when it is first asked for. */
  #node(kind: NodeKind, name: string): number {
    const found = this.#nodes.findIndex((node) => node.kind === kind);
    return found >= 0 ? found : this.#nodes.push({ kind, id: null, name, secured: false, keywords: [], calls: [], remarks: [] }) - 1;
  }

  #addWhatTheEngineDoes(index: number, { kind, secured, lockedDialog, maxAttempts = 5 }: JsonObject): void {
    const authentication = this.#dialogs.findIndex((dialog) => dialog["kind"] === "authentication");
    if (secured === true) this.#connect({ from: index, kind: "signIn", label: "sign in" }, authentication);
    if (typeof lockedDialog === "string") {
      this.#connect({ from: index, kind: "implicit", label: `after ${String(maxAttempts)} wrong attempts` }, this.#byId.get(lockedDialog));
    }
    if (kind !== "sessionExpired") return;
    const { sessionMinutes = 0 } = objectOf(this.#bot["settings"]);
    this.#nodes[index]!.remarks.push(sessionMinutes === 0 ? "never: no sessionMinutes is set" : `after ${String(sessionMinutes)} min without a message`);
    this.#connect({ from: index, kind: "implicit", label: null }, this.#node("end", "Session ends"));
  }

  #addFallback(): void {
    const { elements } = objectOf(objectOf(this.#bot["settings"])["fallback"]);
    if (leadsSomewhere(elements)) this.#walk(elements, { from: this.#node("fallback", "Fallback of the bot"), kind: "flow", label: null });
  }

  #walk(elements: Json | undefined, way: Way): void {
    const all = listOf(elements).map(objectOf);
    for (const [index, element] of all.entries()) {
      this.#walkOne(element, way);
      const asked = all.slice(index).some(({ type }) => type === "saveResponse" || type === "userInput");
      if (element["type"] === "cards" && !asked) this.#walkCards(element, way);
    }
  }

  /** Where nothing is asked, the value of a card's button leads where the same keyword does. */
  #walkCards(element: JsonObject, way: Way): void {
    const buttons = listOf(element["cards"]).flatMap((card) => listOf(objectOf(card)["buttons"])).map(objectOf);
    for (const { label, value = label, url } of buttons) {
      if (url === undefined) this.#connect({ ...way, label: String(label) }, this.#byKeyword.get(folded(String(value))));
    }
  }

  #walkOne(element: JsonObject, way: Way): void {
    const node = this.#nodes[way.from]!;
    switch (element["type"]) {
      case "toDialog": return this.#connectToDialog(element, way);
      case "toAgent": return this.#connect(way, this.#node("handOver", "Hand-over"));
      case "closeSession": return this.#connect(way, this.#node("end", "Session ends"));
      case "conditions": return this.#walkConditions(element, way);
      case "userInput": this.#walkUserInput(element, way); break;
      case "api": addOnce(node.calls, `${String(element["method"])} ${shortUrl(String(element["url"]))}`); break;
      case "authentication": addOnce(node.remarks, element["never"] === true ? "signs in for the session" : `signs in for ${String(element["timeoutMinutes"])} min`); break;
      case "signOut": addOnce(node.remarks, "signs out"); break;
    }
    const { elements } = objectOf(element["fallback"]);
    this.#walk(elements, { ...way, kind: "fallback", label: element["type"] === "api" ? "no answer" : null });
  }

  #connectToDialog({ dialog, resumePending }: JsonObject, way: Way): void {
    const target = this.#byId.get(String(dialog));
    if (resumePending !== true) return this.#connect(way, target);
    this.#connect({ ...way, label: way.label === null ? "or what is pending" : `${way.label} (or what is pending)` }, target);
  }

  #walkConditions(element: JsonObject, way: Way): void {
    for (const branch of listOf(element["branches"]).map(objectOf)) this.#walk(branch["elements"], { ...way, label: conditionText(branch["if"] ?? null) });
    this.#walk(element["else"], { ...way, label: "else" });
  }

  #walkUserInput(element: JsonObject, way: Way): void {
    for (const { label, keywords, elements } of listOf(element["branches"]).map(objectOf)) {
      this.#walk(elements, { ...way, label: String(label ?? listOf(keywords)[0] ?? "") });
    }
    this.#walk(element["else"], { ...way, kind: "fallback", label: null });
  }

  /** What leads the same way, of one kind, is one edge. */
  #connect({ from, kind, label }: Way, to: number | undefined): void {
    if (to === undefined || to < 0) return;
    const key = `${from} ${to} ${kind}`;
    const edge = this.#edges.get(key);
    if (!edge) this.#edges.set(key, { from, to, kind, labels: label === null ? [] : [label] });
    else if (label === null) edge.labels = [];
    else if (edge.labels.length > 0) addOnce(edge.labels, label);
  }
}

function nodeOf({ id, name, kind = "standard", secured, keywords }: JsonObject): GraphNode {
  const kinds: Record<string, NodeKind> = { authentication: "authentication", sessionExpired: "sessionExpired" };
  return {
    kind: id === "default" ? "default" : kinds[String(kind)] ?? "standard",
    id: String(id),
    name: String(name ?? id),
    secured: secured === true,
    keywords: listOf(keywords).map(String),
    calls: [],
    remarks: [],
  };
}

/** As the engine compares keywords. */
function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase().replaceAll(/^[\p{P}\s]+|[\p{P}\s]+$/gu, "");
}

/** Whether an element in here, at whatever depth, leads out of its dialog. */
function leadsSomewhere(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some(leadsSomewhere);
  if (!isObject(value)) return false;
  return ["toDialog", "toAgent", "closeSession"].includes(String(value["type"])) || Object.values(value).some(leadsSomewhere);
}

function addOnce(list: string[], item: string): void {
  if (!list.includes(item)) list.push(item);
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}
