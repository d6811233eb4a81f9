// One JSON object on one line, written member by member: what is unknown leaves no trace, and text
// is UTF-8 whatever it was.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/chronicle.h"
#include "export/wording.h"
#include "record/offsets.h"
#include "record/utf8.h"

namespace dateline::exporting {

class JsonLine {
 public:
  explicit JsonLine(std::string& out) : out_(out), json_(buffer_) { json_.StartObject(); }
  JsonLine(const JsonLine&) = delete;
  JsonLine& operator=(const JsonLine&) = delete;
  ~JsonLine() {
    json_.EndObject();
    out_.append(buffer_.GetString(), buffer_.GetSize());
    out_ += '\n';
  }

  void key(std::string_view name) {
    json_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
  }

  void value(std::string_view text) {
    if (!record::is_utf8(text)) {
      std::string repaired(text);
      record::repair_utf8(repaired);
      return value(repaired);
    }
    json_.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  }

  void known(std::string_view name, std::string_view text) {
    if (text.empty()) return;
    key(name);
    value(text);
  }

  void known(std::string_view name, std::optional<double> number) {
    if (!number || !std::isfinite(*number)) return;
    key(name);
    this->number(*number);
  }

  void whole(std::string_view name, std::uint64_t number) {
    key(name);
    json_.Uint64(number);
  }

  /// What is JSON already.
  void raw(std::string_view name, std::string_view json) {
    key(name);
    json_.RawValue(json.data(), json.size(), rapidjson::kNullType);
  }

  void null(std::string_view name) {
    key(name);
    null();
  }

  void null() { json_.Null(); }

  void number(double number) {
    const std::string digits = exporting::number(number);
    json_.RawValue(digits.data(), digits.size(), rapidjson::kNumberType);
  }

  void flag(std::string_view name, bool is_set) {
    key(name);
    json_.Bool(is_set);
  }

  template <typename Write>
  void object(std::string_view name, Write write) {
    key(name);
    item(write);
  }

  template <typename Items, typename Write>
  void array(std::string_view name, const Items& items, Write write) {
    if (!items.empty()) list(name, items, write);
  }

  /// Written also where it is empty.
  template <typename Items, typename Write>
  void list(std::string_view name, const Items& several, Write write) {
    key(name);
    items([&] {
      for (const auto& one : several) write(one);
    });
  }

  /// An array within an array.
  template <typename Write>
  void items(Write write) {
    json_.StartArray();
    write();
    json_.EndArray();
  }

  /// An object within an array.
  template <typename Write>
  void item(Write write) {
    json_.StartObject();
    write();
    json_.EndObject();
  }

  template <typename Items, typename Write>
  void objects(std::string_view name, const Items& items, Write write) {
    array(name, items, [&](const auto& one) { item([&] { write(one); }); });
  }

  void strings(std::string_view name, const std::vector<std::string>& items) {
    array(name, items, [&](const std::string& item) { value(item); });
  }

  void span(std::string_view name, CodePointSpan span) {
    if (span.begin == span.end) return;
    key(name);
    json_.StartArray();
    json_.Uint(span.begin);
    json_.Uint(span.end);
    json_.EndArray();
  }

  void spans(std::string_view name, const std::vector<Span>& items, std::string_view text) {
    const record::CodePoints points(text);
    array(name, items, [&](Span span) {
      json_.StartArray();
      json_.Uint(points.at(span.begin));
      json_.Uint(points.at(span.end));
      json_.EndArray();
    });
  }

  void report(const ReportRef& report) {
    object("report", [&] {
      known("handle", report.handle);
      known("id", report.id);
      known("title", report.title);
      known("outlet", report.outlet);
      known("uri", report.uri);
      known("published", report.published);
      known("file", report.file);
    });
  }

 private:
  std::string& out_;
  rapidjson::StringBuffer buffer_;
  rapidjson::Writer<rapidjson::StringBuffer> json_;
};

}  // namespace dateline::exporting
