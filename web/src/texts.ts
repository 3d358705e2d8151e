/**
 * Everything that the chat itself says to a visitor, in English. The other languages are JSON files of the same keys
 * (docs/languages.md); what a file lacks is said in English. The bot's own words come from the bot file, and what a
 * developer reads in the console is written where it is found out. The groups are apart because the launcher's
 * are needed before the chat is loaded, and those of media and cards, and the last, not by every chat.
 *
 * `{word}` is a placeholder. A text with a number in it has a form for each plural category of its language.
 */

/** The plural forms of a text, by the categories of Intl.PluralRules. */
export type Plural = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

export const launcherEnglish = {
  region: "Chat",
  open: "Open chat",
  close: "Close chat",
  loading: "The chat is loading",
  unavailable: "The chat is not available right now. Press the button to try again.",
};
export type LauncherTexts = typeof launcherEnglish;

export const chatEnglish = {
  subtitle: "Virtual assistant",
  signedIn: "Signed in",
  signedInUntil: "Signed in until {time}",
  signedInAs: "Signed in as {subject}",
  signedInAsUntil: "Signed in as {subject} until {time}",
  signInEnds: "Your sign-in ends at {time}",
  signOut: "Sign out",
  moreOptions: "More options",
  download: "Download transcript",
  close: "Close chat",
  endChat: "End chat",
  endQuestion: "End this chat?",
  endExplanation: "You will be signed out, and the conversation is removed from this device.",
  endConfirm: "End chat",
  endCancel: "Keep chatting",
  conversation: "Conversation",
  botSays: "{name} says:",
  youSay: "You say:",
  typing: "The assistant is typing",
  stillWorking: "The assistant is still working",
  suggestions: "Suggested answers",
  sending: "Sending",
  notSent: "Not sent",
  offline: "You are offline. Nothing has been sent yet.",
  backOnline: "You are online again. Nothing has been sent yet.",
  retry: "Send again",
  newMessages: { one: "{count} new message", other: "{count} new messages" } as Plural,
  message: "Your message",
  hiddenAnswer: "Your answer, hidden while you type",
  messagePlaceholder: "Write a message",
  hiddenPlaceholder: "Hidden answer",
  datePlaceholder: "YYYY-MM-DD",
  chooseDate: "Choose a date",
  send: "Send",
  show: "Show what I type",
  hide: "Hide what I type",
  tooLong: { other: "A message holds {limit} characters. The rest was left out." } as Plural,
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
};
export type ChatTexts = typeof chatEnglish;

/** What media and cards need besides; latchkey-rich.js brings it along. */
export const richEnglish = {
  image: "Image",
  video: "Video",
  audio: "Recording",
  document: "Document",
  opensInNewTab: "Opens in a new tab",
  enlarge: "Show larger",
  openOriginal: "Open the original",
  closeImage: "Close image",
  cards: { one: "{count} card", other: "{count} cards" } as Plural,
  previousCard: "Previous card",
  nextCard: "Next card",
  noLongerOnOffer: "No longer on offer",
};
export type RichTexts = typeof richEnglish;

/** What latchkey-more.js says, which comes along with it. */
export const moreEnglish = {
  you: "You",
  contact: "The chat was passed on. You can reach us here:",
};
export type MoreTexts = typeof moreEnglish;
