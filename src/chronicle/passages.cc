// SPDX-License-Identifier: Apache-2.0
#include "chronicle/passages.h"

#include <sqlite3.h>

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "chronicle/database.h"

namespace dateline::chronicle {

namespace {

constexpr int kWords = 24;        // Of a passage.
constexpr int kFirstPlaces = 64;  // Of each word or phrase.
constexpr std::size_t kMostBytes =
    1500;  // Of a passage, and how many of them before its first hit.
constexpr std::size_t kMostBytesBefore = 400;
constexpr int kTokensBetween = 10'000;  // Looks at the clock.

/// A phrase found: tokens [begin, end) of a column.
struct Place {
  int column = 0, begin = 0, end = 0;
  int phrase = 0;
};

std::vector<Place> first_places(const Fts5ExtensionApi* api, Fts5Context* context) {
  std::vector<Place> places;
  for (int phrase = 0; phrase < api->xPhraseCount(context); ++phrase) {
    Fts5PhraseIter at;
    int column = -1, token = -1;
    if (api->xPhraseFirst(context, phrase, &at, &column, &token) != SQLITE_OK) continue;
    for (int n = 0; column >= 0 && n < kFirstPlaces; ++n) {
      places.push_back({column, token, token + api->xPhraseSize(context, phrase), phrase});
      api->xPhraseNext(context, &at, &column, &token);
    }
  }
  std::ranges::sort(places, {}, [](const Place& place) {
    return std::tuple(place.column, place.begin, place.end);
  });
  return places;
}

/// Places that fit into one passage: those with the most different phrases; of such, in the text
/// rather than the title, which is shown beside it, and the first.
std::vector<Place> best_of(const std::vector<Place>& places) {
  std::vector<Place> best;
  std::size_t most = 0;
  for (auto first = places.begin(); first != places.end(); ++first) {
    std::vector<Place> together;
    std::vector<int> phrases;
    for (auto it = first;
         it != places.end() && it->column == first->column && it->begin < first->begin + kWords;
         ++it) {
      if (it != first && it->end > first->begin + kWords) continue;
      together.push_back(*it);
      if (std::ranges::find(phrases, it->phrase) == phrases.end()) phrases.push_back(it->phrase);
    }
    const bool later_column = !best.empty() && best.front().column < first->column;
    if (phrases.size() > most || (phrases.size() == most && later_column)) {
      most = phrases.size();
      best = std::move(together);
    }
  }
  return best;
}

/// Walks over a column's tokens as far as the passage goes.
struct Walk {
  const Clock& clock;
  const std::vector<Place>& places;
  int first, last;  ///< Tokens of the passage: [first, last).
  int token = 0;
  std::size_t begin = 0, end = 0;                           ///< Bytes of the passage.
  std::vector<std::pair<std::size_t, std::size_t>> hits{};  ///< Bytes, in order, apart.
  bool cut = false;                                         ///< More tokens follow.

  int take(std::size_t from, std::size_t to) {
    if (token % kTokensBetween == 0 && clock.is_over()) return SQLITE_INTERRUPT;
    if (token == last) {
      cut = true;
      return SQLITE_DONE;
    }
    if (token >= first) {
      if (token == first && first > 0) begin = from;
      end = to;
      for (const Place& place : places) {
        if (token < place.begin || token >= place.end) continue;
        // A phrase is marked as a whole.
        if (token > place.begin && !hits.empty()) {
          hits.back().second = to;
        } else if (hits.empty() || hits.back().second <= from) {
          hits.emplace_back(from, to);
        }
      }
    }
    ++token;
    return SQLITE_OK;
  }
};

std::size_t boundary(std::string_view text, std::size_t at) {
  while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return std::min(at, text.size());
}

void passage(const Fts5ExtensionApi* api, Fts5Context* context, sqlite3_context* result, int,
             sqlite3_value**) {
  const std::vector<Place> places = best_of(first_places(api, context));
  if (places.empty()) return sqlite3_result_text(result, "", 0, SQLITE_STATIC);
  int last = 0;
  for (const Place& place : places) last = std::max(last, place.end);
  const int first =
      std::max(0, places.front().begin - std::max(0, kWords - (last - places.front().begin)) / 2);
  const char* data = nullptr;
  int size = 0;
  int status = api->xColumnText(context, places.front().column, &data, &size);
  if (status != SQLITE_OK) return sqlite3_result_error_code(result, status);
  const std::string_view text(data == nullptr ? "" : data, static_cast<std::size_t>(size));
  Walk walk{.clock = *static_cast<const Clock*>(api->xUserData(context)),
            .places = places,
            .first = first,
            .last = first + kWords};
  status = api->xTokenize(context, data, size, &walk,
                          [](void* data_of, int, const char*, int, int from, int to) {
                            return static_cast<Walk*>(data_of)->take(static_cast<std::size_t>(from),
                                                                     static_cast<std::size_t>(to));
                          });
  if (status != SQLITE_OK && status != SQLITE_DONE) {
    return sqlite3_result_error_code(result, status);
  }

  std::size_t begin = walk.begin, end = walk.cut ? walk.end : text.size();
  if (!walk.hits.empty() && walk.hits.front().first - begin > kMostBytesBefore) {
    begin = boundary(text, walk.hits.front().first - kMostBytesBefore);
  }
  if (end - begin > kMostBytes) end = boundary(text, begin + kMostBytes);
  std::string out;
  if (begin > 0) out += "\u2026";
  std::size_t at = begin;
  for (const auto& [from, to] : walk.hits) {
    if (to > end) break;
    out += text.substr(at, from - at);
    out += kHitBegins;
    out += text.substr(from, to - from);
    out += kHitEnds;
    at = to;
  }
  out += text.substr(at, end - at);
  if (end < text.size()) out += "\u2026";
  sqlite3_result_text64(result, out.data(), out.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

fts5_api* index_of(sqlite3* handle) {
  fts5_api* api = nullptr;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(handle, "SELECT fts5(?1)", -1, &statement, nullptr) == SQLITE_OK) {
    sqlite3_bind_pointer(statement, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
    sqlite3_step(statement);
  }
  sqlite3_finalize(statement);
  return api;
}

}  // namespace

void teach_passages(Database& database) {
  fts5_api* const api = index_of(database.handle());
  // The clock lives as long as the connection.
  void* const clock = const_cast<Clock*>(&database.clock());
  if (api == nullptr ||
      api->xCreateFunction(api, "passage", clock, passage, nullptr) != SQLITE_OK) {
    database.fail_with({4008, "SQLite was built without its full-text index (FTS5)", {}});
  }
}

}  // namespace dateline::chronicle
