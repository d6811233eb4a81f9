// SPDX-License-Identifier: Apache-2.0
#include "stream/json_lines.h"

#include <fmt/format.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <array>
#include <optional>
#include <string>
#include <utility>

namespace dateline::stream {

namespace {

enum Member : std::size_t { kId, kText, kHtml, kDate, kTitle, kUrl, kMembers };
constexpr std::array<std::string_view, kMembers> kNames = {"id",   "text",  "html",
                                                           "date", "title", "url"};

/// Keeps the strings of the outermost object; false ends the parse with `problem` said.
class Handler : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Handler> {
 public:
  std::array<std::optional<std::string>, kMembers> values;
  std::string problem;

  bool Default() { return scalar(); }
  bool Null() {
    if (depth_ == 1 && member_) values[*member_].reset();
    return depth_ > 0 || not_an_object();
  }
  bool RawNumber(const char* digits, rapidjson::SizeType size, bool) {
    if (depth_ != 1 || member_ != kId) return scalar();
    values[kId].emplace(digits, size);
    return true;
  }
  bool String(const char* text, rapidjson::SizeType size, bool) {
    if (depth_ == 0) return not_an_object();
    if (depth_ == 1 && member_) values[*member_].emplace(text, size);
    return true;
  }
  bool Key(const char* text, rapidjson::SizeType size, bool) {
    if (depth_ != 1) return true;
    member_.reset();
    for (std::size_t i = 0; i < kMembers; ++i) {
      if (std::string_view(text, size) == kNames[i]) member_ = static_cast<Member>(i);
    }
    return true;
  }
  bool StartObject() { return depth_ == 0 ? ++depth_ > 0 : open(); }
  bool EndObject(rapidjson::SizeType) { return --depth_ >= 0; }
  bool StartArray() { return depth_ == 0 ? not_an_object() : open(); }
  bool EndArray(rapidjson::SizeType) { return --depth_ >= 0; }

 private:
  bool not_an_object() {
    problem = "the line is no JSON object";
    return false;
  }
  bool wrong_type() {
    problem = fmt::format("\"{}\" is no string", kNames[*member_]);
    return false;
  }
  bool scalar() {
    if (depth_ == 0) return not_an_object();
    return depth_ > 1 || !member_ || wrong_type();
  }
  bool open() {
    if (depth_ == 1 && member_) return wrong_type();
    ++depth_;
    return true;
  }

  long depth_ = 0;
  std::optional<Member> member_;
};

}  // namespace

Result<Input> parse_json_line(std::string_view line) {
  // Numbers stay text: their size is nobody's business here. The iterative parser bounds the stack.
  constexpr unsigned kFlags =
      rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag;
  rapidjson::Reader reader;
  rapidjson::MemoryStream bytes(line.data(), line.size());
  Handler handler;
  const rapidjson::ParseResult parsed = reader.Parse<kFlags>(bytes, handler);
  if (!handler.problem.empty()) return fail(1006, std::move(handler.problem));
  if (!parsed) {
    return fail(1005,
                fmt::format("broken JSON at byte {}: {}", parsed.Offset(),
                            rapidjson::GetParseError_En(parsed.Code())),
                parsed.Offset());
  }
  if (bytes.Tell() != line.size()) {  // The parser takes a NUL for the end.
    return fail(1005, fmt::format("broken JSON at byte {}: a NUL character", bytes.Tell()),
                bytes.Tell());
  }
  auto& values = handler.values;
  const bool is_html = !values[kText];
  if (is_html && !values[kHtml]) return fail(1006, "neither \"text\" nor \"html\" is given");
  Input input;
  input.id = std::move(values[kId]).value_or("");
  input.bytes = std::move(*values[is_html ? kHtml : kText]);
  input.media_type = is_html ? MediaType::kHtml : MediaType::kText;
  if (is_html) input.charset = "utf-8";
  input.verbatim = true;
  input.date = std::move(values[kDate]).value_or("");
  input.title = std::move(values[kTitle]).value_or("");
  input.uri = std::move(values[kUrl]).value_or("");
  return input;
}

}  // namespace dateline::stream
