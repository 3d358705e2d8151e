#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <vector>

#include "conversation_runner.hpp"
#include "corpus.hpp"

namespace {

class Conversations : public testing::TestWithParam<ConversationCase> {};

std::string nameOfConversation(const testing::TestParamInfo<ConversationCase>& info) {
  const std::string file = info.param.file.filename().string();
  return std::to_string(info.index) + "_" + asTestName(file.substr(0, file.find('.'))) + "_" + asTestName(info.param.name());
}

void expectToPass(const ConversationCase& test, Mode mode) {
  const std::string failure = runConversation(test, mode);
  if (!failure.empty()) ADD_FAILURE() << failure;
}

TEST_P(Conversations, AsItStands) { expectToPass(GetParam(), Mode::straight); }
TEST_P(Conversations, ReloadedBeforeEveryStep) { expectToPass(GetParam(), Mode::reload); }
TEST_P(Conversations, IntrudedUponBeforeEveryStep) { expectToPass(GetParam(), Mode::intruder); }

INSTANTIATE_TEST_SUITE_P(Corpus, Conversations, testing::ValuesIn(conversationCases()), nameOfConversation);

TEST(ConversationCorpus, IsThere) { EXPECT_FALSE(conversationCases().empty()) << testsDirectory(); }

// Each of them is right up to its last step.
class FailingConversations : public testing::TestWithParam<ConversationCase> {};

TEST_P(FailingConversations, FailAtTheirLastStep) {
  const std::string failure = runConversation(GetParam(), Mode::straight);
  const std::string last = "step " + std::to_string(GetParam().conversation["steps"].size()) + ": ";
  EXPECT_NE(failure.find(last), std::string::npos) << failure;
}

INSTANTIATE_TEST_SUITE_P(Corpus, FailingConversations, testing::ValuesIn(failingConversationCases()), nameOfConversation);

}  // namespace
