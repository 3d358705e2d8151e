#pragma once

// Every element type: its name in the bot file is beside it in table.cpp, its class is in the file of its name (the four media in media.cpp).

#include <memory>

#include "loader.hpp"

namespace latchkey {

std::unique_ptr<const Element> loadText(Fields& fields);
std::unique_ptr<const Element> loadImage(Fields& fields);
std::unique_ptr<const Element> loadVideo(Fields& fields);
std::unique_ptr<const Element> loadAudio(Fields& fields);
std::unique_ptr<const Element> loadDocument(Fields& fields);
std::unique_ptr<const Element> loadCards(Fields& fields);
std::unique_ptr<const Element> loadDelay(Fields& fields);
std::unique_ptr<const Element> loadSaveResponse(Fields& fields);
std::unique_ptr<const Element> loadUserInput(Fields& fields);
std::unique_ptr<const Element> loadSetAttribute(Fields& fields);
std::unique_ptr<const Element> loadToDialog(Fields& fields);
std::unique_ptr<const Element> loadApi(Fields& fields);
std::unique_ptr<const Element> loadConditions(Fields& fields);
std::unique_ptr<const Element> loadAuthentication(Fields& fields);
std::unique_ptr<const Element> loadSignOut(Fields& fields);
std::unique_ptr<const Element> loadToAgent(Fields& fields);
std::unique_ptr<const Element> loadEvent(Fields& fields);
std::unique_ptr<const Element> loadCloseSession(Fields& fields);

}  // namespace latchkey
