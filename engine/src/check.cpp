#include "check.hpp"

#include <algorithm>
#include <charconv>

#include "text.hpp"

namespace latchkey {
namespace {

class Checker {
 public:
  explicit Checker(Loader& loader) : loader_(loader), bot_(loader.bot) {}

  void check() {
    findCredentials();
    checkAuthenticationDialog();
    // Warnings alone, which no page asks for.
    if (!hasProblemTexts) return;
    checkEmptyDialogs();
    checkReachability();
    checkLoops();
    checkUnusedAttributes();
  }

 private:
  static std::string whereDialog(DialogIndex index) { return "/dialogs/" + std::to_string(index); }

  /// Every element of a list and of the lists inside it.
  template <class Visit>
  void visit(ListId list, const Visit& each) const {
    if (list == noList) return;
    for (std::size_t i = 0; i < bot_.lists[list].elements.size(); ++i) {
      const Element* element = bot_.lists[list].elements[i].get();
      if (!element) continue;
      const Outline outline = element->outline();
      each(outline, Place{list, static_cast<std::uint32_t>(i)});
      for (ListId inner : outline.branches) visit(inner, each);
      for (ListId inner : outline.fallbacks) visit(inner, each);
    }
  }

  void findCredentials() {
    for (AttributeId id : loader_.sentToAuthenticate)
      if (loader_.sensitive(id)) addOnce(bot_.credentials, id);
  }

  void checkAuthenticationDialog() {
    if (bot_.authenticationDialog == noDialog) {
      for (DialogIndex i = 0; i < bot_.dialogs.size(); ++i)
        if (bot_.dialogs[i].secured)
          loader_.error("authenticationDialogMissing", whereDialog(i) + "/secured", "A secured dialog needs an authentication dialog; add one with \"kind\": \"authentication\", or remove the lock.");
      return;
    }
    const Dialog& dialog = bot_.dialogs[bot_.authenticationDialog];
    bool found = false;
    visit(dialog.elements, [&](const Outline& outline, Place place) {
      if (!outline.authenticates) return;
      found = true;
      checkCredentials(outline, place);
    });
    if (hasGap(bot_.authenticationDialog)) return;
    if (!found)
      loader_.error("authenticationElementMissing", whereDialog(bot_.authenticationDialog), "Nobody can be authenticated: add an authentication element where the check succeeded.");
    if (dialog.elements != noList && found && passesUnauthenticated(dialog.elements))
      loader_.warn("noFailureAlternative", whereDialog(bot_.authenticationDialog), "The dialog can end without authentication and without going elsewhere; add an else with a To Dialog, a hand-over or an end.");
  }

  void checkCredentials(const Outline& outline, Place place) {
    const std::vector<AttributeId>& forgotten = bot_.forgetLists[outline.forgetList];
    if (!outline.namesSubject && bot_.credentials.empty())
      loader_.warn("noSubject", bot_.whereIs(place), "Another person at the same computer cannot be told apart; add \"subject\", or declare the credentials sensitive.");
    const bool anySensitive = !bot_.credentials.empty();
    for (AttributeId id : loader_.storedToAuthenticate) {
      if (id < predefined::count || (anySensitive && !loader_.sensitive(id)) || contains(forgotten, id)) continue;
      return loader_.warn("silentReauthentication", bot_.whereIs(place), "After the timeout the stored " + quoted(bot_.attributes[id].name) + " passes again without a question; add it to \"forget\".");
    }
  }

  /// An element of the dialog could not be read: what it holds is not known.
  bool hasGap(DialogIndex index) const {
    const std::string place = whereDialog(index) + "/";
    return std::any_of(bot_.lists.begin(), bot_.lists.end(), [&](const ElementList& list) {
      return list.where.starts_with(place) && std::find(list.elements.begin(), list.elements.end(), nullptr) != list.elements.end();
    });
  }

  static bool contains(const std::vector<AttributeId>& ids, AttributeId id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
  }

  /// Whether a way leads to the end of the list without authentication and without going elsewhere.
  bool passesUnauthenticated(ListId list) const {
    if (list == noList) return true;
    for (const auto& element : bot_.lists[list].elements) {
      if (!element) continue;
      const Outline outline = element->outline();
      if (outline.leaves || outline.authenticates) return false;
      const bool branched = std::any_of(outline.branches.begin(), outline.branches.end(), [&](ListId inner) { return passesUnauthenticated(inner); });
      if (!outline.passes && !branched) return false;
    }
    return true;
  }

  void checkEmptyDialogs() {
    for (DialogIndex i = 0; i < bot_.dialogs.size(); ++i)
      if (bot_.dialogs[i].elements != noList && bot_.lists[bot_.dialogs[i].elements].elements.empty())
        loader_.warn("emptyDialog", whereDialog(i), "This dialog does nothing; add elements or remove it.");
  }

  /// Dialogs that cannot be reached for an error of their own: its message is enough.
  std::vector<char> faulty() const {
    constexpr std::string_view start = "/dialogs/";
    std::vector<char> faulty(bot_.dialogs.size());
    for (const Problem& problem : loader_.problems()) {
      const std::string_view where = problem.where;
      if (problem.severity != Severity::error || !where.starts_with(start)) continue;
      // A file that has "dialogs" twice is told of places in both.
      std::size_t index = 0;
      const auto [end, failed] = std::from_chars(where.data() + start.size(), where.data() + where.size(), index);
      if (failed != std::errc() || index >= faulty.size()) continue;
      const bool concerns = end == where.data() + where.size() || std::string_view(problem.code).starts_with("duplicate");
      if (concerns) faulty[index] = true;
    }
    return faulty;
  }

  void checkReachability() {
    if (bot_.initialDialog == noDialog) return;
    std::vector<char> reached(bot_.dialogs.size());
    std::vector<DialogIndex> open;
    const auto reach = [&](DialogIndex index) {
      if (index == noDialog || reached[index]) return;
      reached[index] = true;
      open.push_back(index);
    };
    reach(bot_.initialDialog);
    reach(bot_.sessionExpiredDialog);
    for (const auto& [keyword, index] : bot_.keywords) reach(index);
    const auto follow = [&](const Outline& outline, Place) { reach(outline.target); };
    visit(bot_.settings.fallback.elements, follow);
    while (!open.empty()) {
      const DialogIndex index = open.back();
      open.pop_back();
      if (bot_.dialogs[index].secured || loader_.defaultSecured) reach(bot_.authenticationDialog);
      if (index == bot_.authenticationDialog) reach(bot_.attemptLimit.lockedDialog);
      visit(bot_.dialogs[index].elements, follow);
    }
    const std::vector<char> faulty = this->faulty();
    for (DialogIndex i = 0; i < bot_.dialogs.size(); ++i)
      if (!reached[i] && !faulty[i]) loader_.warn("unreachableDialog", whereDialog(i), "Nothing leads to the dialog " + quoted(bot_.dialogs[i].id) + "; add a To Dialog or a keyword, or remove it.");
  }

  /// The dialogs that the list leads to before anything pauses; false when nothing passes to its end.
  bool collectImmediate(ListId list, std::vector<DialogIndex>& targets) const {
    if (list == noList) return true;
    for (const auto& element : bot_.lists[list].elements) {
      if (!element) continue;
      const Outline outline = element->outline();
      if (outline.target != noDialog) addOnce(targets, outline.target);
      if (outline.leaves || outline.pauses) return false;
      bool passes = outline.passes;
      for (ListId inner : outline.branches) passes = collectImmediate(inner, targets) || passes;
      if (!passes) return false;
    }
    return true;
  }

  void checkLoops() {
    std::vector<std::vector<DialogIndex>> edges(bot_.dialogs.size());
    for (DialogIndex i = 0; i < bot_.dialogs.size(); ++i) {
      collectImmediate(bot_.dialogs[i].elements, edges[i]);
      // A secured dialog may lead through the authentication dialog first.
      if (bot_.dialogs[i].secured && bot_.authenticationDialog != noDialog) addOnce(edges[i], bot_.authenticationDialog);
    }
    // Who is locked out is led on from there at once.
    if (bot_.attemptLimit.lockedDialog != noDialog) addOnce(edges[bot_.authenticationDialog], bot_.attemptLimit.lockedDialog);
    enum class Mark : char { fresh, open, done };
    std::vector<Mark> marks(bot_.dialogs.size(), Mark::fresh);
    struct Visit { DialogIndex dialog; std::size_t next; };
    for (DialogIndex root = 0; root < bot_.dialogs.size(); ++root) {
      if (marks[root] != Mark::fresh) continue;
      std::vector<Visit> stack{{root, 0}};
      marks[root] = Mark::open;
      while (!stack.empty()) {
        Visit& top = stack.back();
        if (top.next == edges[top.dialog].size()) {
          marks[top.dialog] = Mark::done;
          stack.pop_back();
          continue;
        }
        const DialogIndex target = edges[top.dialog][top.next++];
        if (marks[target] == Mark::open)
          loader_.warn("endlessLoop", whereDialog(target), "This dialog leads back to itself without a question, a request or a delay on the way; add one or end it.");
        if (marks[target] != Mark::fresh) continue;
        marks[target] = Mark::open;
        stack.push_back({target, 0});
      }
    }
  }

  void checkUnusedAttributes() {
    for (const auto& [id, where] : loader_.declared)
      if (!loader_.used(id)) loader_.warn("unusedAttribute", where, "Nothing reads or writes " + quoted(bot_.attributes[id].name) + "; remove it.");
  }

  Loader& loader_;
  Bot& bot_;
};

}  // namespace

void checkBot(Loader& loader) { Checker(loader).check(); }

}  // namespace latchkey
