# nlohmann_json and GoogleTest: the system's package when there is one, else fetched with a pinned hash.
include(FetchContent)

find_path(NLOHMANN_JSON_INCLUDE nlohmann/json.hpp PATHS /usr/include /usr/local/include NO_CMAKE_FIND_ROOT_PATH)
add_library(latchkey_json INTERFACE)
if(NLOHMANN_JSON_INCLUDE)
  # Only its own folder: the rest of /usr/include must not come before Emscripten's headers.
  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/include)
  file(CREATE_LINK ${NLOHMANN_JSON_INCLUDE}/nlohmann ${CMAKE_BINARY_DIR}/include/nlohmann SYMBOLIC)
  target_include_directories(latchkey_json SYSTEM INTERFACE ${CMAKE_BINARY_DIR}/include)
  set(json_headers ${NLOHMANN_JSON_INCLUDE})
else()
  FetchContent_Declare(nlohmann_json
    URL https://github.com/nlohmann/json/releases/download/v3.11.3/json.tar.xz
    URL_HASH SHA256=d6c65aca6b1ed68e7a182f4757257b107ae403032760ed6ef121c9d55e81757d)
  FetchContent_MakeAvailable(nlohmann_json)
  target_link_libraries(latchkey_json INTERFACE nlohmann_json::nlohmann_json)
  set(json_headers ${nlohmann_json_SOURCE_DIR}/include)
endif()
if(EMSCRIPTEN)
  # Where web/licences.mjs finds the licences and versions of what is compiled into the WebAssembly.
  file(WRITE ${CMAKE_BINARY_DIR}/parts.json "{ \"emscripten\": \"${EMSCRIPTEN_ROOT_PATH}\", \"json\": \"${json_headers}\" }\n")
endif()

if(BUILD_TESTING OR NOT DEFINED BUILD_TESTING)
  if(EXISTS /usr/src/googletest/CMakeLists.txt)
    FetchContent_Declare(googletest SOURCE_DIR /usr/src/googletest)
  else()
    FetchContent_Declare(googletest
      URL https://github.com/google/googletest/archive/refs/tags/v1.14.0.tar.gz
      URL_HASH SHA256=8ad598c73ad796e0d8280b082cced82a630a73c0cd3e70057938501f09871c5f)
  endif()
  set(INSTALL_GTEST OFF CACHE INTERNAL "")
  set(BUILD_GMOCK OFF CACHE INTERNAL "")
  FetchContent_MakeAvailable(googletest)
endif()
