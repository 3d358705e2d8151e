/** The tutorial's bot, as the browser tests use it, for a customer API at `origin`. */
export const bankBot = (origin, { id = "test-bank", name = "Test Bank assistant", timeoutMinutes = 30 } = {}) => JSON.stringify({
  latchkey: 1,
  id,
  name,
  attributes: [
    { name: "customer_id", type: "text", sensitive: true, mask: 4 },
    { name: "auth_token", type: "number" },
    { name: "account", type: "json" },
    { name: "note", type: "text" },
  ],
  settings: { apiOrigins: [origin] },
  dialogs: [
    { id: "default", elements: [
      { type: "text", text: "Welcome to Test Bank." },
      { type: "toDialog", dialog: "customer_credentials" } ] },
    { id: "customer_credentials", elements: [
      { type: "saveResponse", attribute: "customer_id", text: "What is your customer ID?" },
      { type: "toDialog", dialog: "customer_details" } ] },
    { id: "authentication", kind: "authentication", elements: [
      { type: "api", method: "GET", url: `${origin}/verify`, timeoutSeconds: 5,
        headers: { Authorization: "{{ customer_id }}" }, save: { status: "auth_token" } },
      { type: "conditions",
        branches: [{ if: { attribute: "auth_token", is: 200 }, elements: [{ type: "authentication", timeoutMinutes }] }],
        else: [{ type: "toDialog", dialog: "try_again" }] } ] },
    { id: "customer_details", secured: true, elements: [
      { type: "text", text: "You are verified, {{ customer_id }}." },
      { type: "api", method: "GET", url: `${origin}/account`, headers: { Authorization: "{{ customer_id }}" },
        save: { body: [{ attribute: "account", path: "$" }] } },
      { type: "text", text: "Your balance is {{ account.balance }}." },
      { type: "toDialog", dialog: "menu" } ] },
    { id: "menu", elements: [
      { type: "userInput", text: "What can I do for you?", branches: [
        { label: "Balance", elements: [{ type: "toDialog", dialog: "customer_details" }] },
        { label: "Leave a note", elements: [
          { type: "saveResponse", attribute: "note", text: "What shall I note?" },
          { type: "text", text: "Noted: {{ note }}" },
          { type: "toDialog", dialog: "menu" } ] },
        { label: "Sign out", elements: [{ type: "signOut" }, { type: "toDialog", dialog: "customer_credentials" }] },
        { label: "Goodbye", elements: [{ type: "text", text: "Thank you. Goodbye!" }, { type: "closeSession" }] } ] } ] },
    { id: "try_again", elements: [
      { type: "userInput", text: "That ID was not recognised.", branches: [
        { label: "Try again", elements: [{ type: "toDialog", dialog: "customer_credentials" }] },
        { label: "Speak to an agent", elements: [{ type: "toAgent", text: "I am handing you over." }] },
        { label: "End chat", elements: [{ type: "closeSession" }] } ] } ] },
  ],
});
