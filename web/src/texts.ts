/**
 * Everything that the chat itself says to a visitor, by language. The bot's own words come from the bot file, and what
 * a developer reads in the console is written where it is found out. The launcher's texts are apart because they are
 * needed before the chat is loaded.
 */

export interface LauncherTexts {
  /** the language that they are in */
  lang: string;
  region: string;
  open: string;
  close: string;
  loading: string;
  unavailable: string;
}

export interface ChatTexts {
  /** the language that they are in */
  lang: string;
  subtitle: string;
  signedIn: string;
  signedInUntil: (time: string) => string;
  close: string;
  endChat: string;
  endQuestion: string;
  endExplanation: string;
  endConfirm: string;
  endCancel: string;
  conversation: string;
  botSays: (name: string) => string;
  youSay: string;
  typing: string;
  stillWorking: string;
  suggestions: string;
  sending: string;
  notSent: string;
  message: string;
  hiddenAnswer: string;
  messagePlaceholder: string;
  hiddenPlaceholder: string;
  datePlaceholder: string;
  send: string;
  show: string;
  hide: string;
  tooLong: (limit: number) => string;
  cannotBeTaken: string;
  startAgain: string;
  finished: Record<"closed" | "closedByUser" | "endedElsewhere" | "handedOver" | "passedOn" | "sessionExpired" | "engineFault", string>;
  notices: Record<"signedIn" | "signedOut" | "expired" | "newSession" | "handedOver" | "ended" | "restarted" | "notTaken" | "concealed", string>;
}

/** What media and cards need besides; latchkey-rich.js brings it along. */
export interface RichTexts {
  image: string;
  video: string;
  audio: string;
  document: string;
  opensInNewTab: string;
  cards: (count: number) => string;
  previousCard: string;
  nextCard: string;
  noLongerOnOffer: string;
}

const launcherTexts: Record<string, LauncherTexts> = {
  en: {
    lang: "en",
    region: "Chat",
    open: "Open chat",
    close: "Close chat",
    loading: "The chat is loading",
    unavailable: "The chat is not available right now. Press the button to try again.",
  },
};

const chatTexts: Record<string, ChatTexts> = {
  en: {
    lang: "en",
    subtitle: "Virtual assistant",
    signedIn: "Signed in",
    signedInUntil: (time) => `Signed in until ${time}`,
    close: "Close chat",
    endChat: "End chat",
    endQuestion: "End this chat?",
    endExplanation: "You will be signed out, and the conversation is removed from this device.",
    endConfirm: "End chat",
    endCancel: "Keep chatting",
    conversation: "Conversation",
    botSays: (name) => `${name} says:`,
    youSay: "You say:",
    typing: "The assistant is typing",
    stillWorking: "The assistant is still working",
    suggestions: "Suggested answers",
    sending: "Sending",
    notSent: "Not sent",
    message: "Your message",
    hiddenAnswer: "Your answer, hidden while you type",
    messagePlaceholder: "Write a message",
    hiddenPlaceholder: "Hidden answer",
    datePlaceholder: "YYYY-MM-DD",
    send: "Send",
    show: "Show what I type",
    hide: "Hide what I type",
    tooLong: (limit) => `A message holds ${limit.toLocaleString("en")} characters. The rest was left out.`,
    cannotBeTaken: "Your message was not sent yet: the assistant is still busy. Please try again in a moment.",
    startAgain: "Start again",
    finished: {
      closed: "This chat has ended.",
      closedByUser: "You ended this chat. The conversation has been removed from this device.",
      endedElsewhere: "This chat has ended because you signed out in another tab.",
      handedOver: "The assistant has handed you over. A person will take it from here.",
      passedOn: "The chat was passed on. If nobody answers here, please use the contact details on this page.",
      sessionExpired: "This chat has ended because nothing was said for a while.",
      engineFault: "Something went wrong on our side, and this chat had to stop.",
    },
    notices: {
      signedIn: "You are signed in",
      signedOut: "You are signed out",
      expired: "Your sign-in time is over. Sign in again to go on.",
      newSession: "A new chat begins",
      handedOver: "The chat was passed on",
      ended: "Chat ended",
      restarted: "The earlier chat could not be continued, so a new one begins",
      notTaken: "Something went wrong on our side. If no answer comes, please try again.",
      concealed: "What was said while signed in is hidden",
    },
  },
};

const richTexts: Record<string, RichTexts> = {
  en: {
    image: "Image",
    video: "Video",
    audio: "Recording",
    document: "Document",
    opensInNewTab: "Opens in a new tab",
    cards: (count) => `${count} cards`,
    previousCard: "Previous card",
    nextCard: "Next card",
    noLongerOnOffer: "No longer on offer",
  },
};

/** The launcher's texts in `language` (BCP 47), or in English. */
export function launcherTextsFor(language: string): LauncherTexts {
  return pick(launcherTexts, language);
}

/** The chat's texts in `language` (BCP 47), or in English. */
export function chatTextsFor(language: string): ChatTexts {
  return pick(chatTexts, language);
}

/** The texts of media and cards in `language` (BCP 47), or in English. */
export function richTextsFor(language: string): RichTexts {
  return pick(richTexts, language);
}

function pick<Texts>(all: Record<string, Texts>, language: string): Texts {
  return all[language.split("-")[0] ?? ""] ?? all["en"]!;
}
