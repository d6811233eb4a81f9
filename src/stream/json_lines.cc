// SPDX-License-Identifier: Apache-2.0
#include "stream/json_lines.h"

#include <fmt/format.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <optional>
#include <string>
#include <utility>

#include "stream/report_fields.h"

namespace dateline::stream {

namespace {

/// Keeps the strings of the outermost object; false ends the parse with `problem` said.
class Handler : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Handler> {
 public:
  ReportFields values;
  std::string problem;

  bool Default() { return scalar(); }
  bool Null() {
    if (depth_ == 1 && member_) values[*member_].reset();
    return depth_ > 0 || not_an_object();
  }
  bool RawNumber(const char* digits, rapidjson::SizeType size, bool) {
    if (depth_ != 1 || member_ != Field::kId) return scalar();
    values[Field::kId].emplace(digits, size);
    return true;
  }
  bool String(const char* text, rapidjson::SizeType size, bool) {
    if (depth_ == 0) return not_an_object();
    if (depth_ == 1 && member_) values[*member_].emplace(text, size);
    return true;
  }
  bool Key(const char* text, rapidjson::SizeType size, bool) {
    if (depth_ != 1) return true;
    name_.assign(text, size);
    member_ = field_called(name_);
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
  /// Of what others write too, and otherwise ("publisher": {"name": ...}), only words are taken.
  bool wrong_type() {
    if (*member_ == Field::kOutlet || *member_ == Field::kLicence) return true;
    problem = fmt::format("\"{}\" is no string", name_);
    return false;
  }
  bool scalar() {
    if (depth_ == 0) return not_an_object();
    return depth_ > 1 || !member_ || wrong_type();
  }
  bool open() {
    if (depth_ == 1 && member_ && !wrong_type()) return false;
    ++depth_;
    return true;
  }

  long depth_ = 0;
  std::string name_;
  std::optional<Field> member_;
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
  return std::move(handler.values).input();
}

}  // namespace dateline::stream
