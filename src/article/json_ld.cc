// SPDX-License-Identifier: Apache-2.0
#include "article/json_ld.h"

#include <rapidjson/document.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "article/plain.h"

namespace dateline::article {

namespace {

using rapidjson::Value;

constexpr std::size_t kMostObjects = 2000;  // A page that says more says it to no one.
constexpr std::size_t kMostAuthors = 50;

const Value* member(const Value& object, const char* name) {
  if (!object.IsObject()) return nullptr;
  const auto at = object.FindMember(name);
  return at == object.MemberEnd() ? nullptr : &at->value;
}

std::string string_of(const Value* value) {
  if (value == nullptr || !value->IsString()) return {};
  return squeeze({value->GetString(), value->GetStringLength()});
}

/// A string, or the name of a person or an organization; a list of them gives its first.
std::string name_of(const Value* value) {
  if (value != nullptr && value->IsArray() && !value->Empty()) value = &(*value)[0];
  if (value == nullptr) return {};
  return value->IsObject() ? string_of(member(*value, "name")) : string_of(value);
}

void add_authors(const Value* value, std::vector<std::string>& authors) {
  if (value == nullptr) return;
  const auto add = [&](const Value& one) {
    std::string name = name_of(&one);
    if (!name.empty() && authors.size() < kMostAuthors && name.find("://") == std::string::npos) {
      authors.push_back(std::move(name));
    }
  };
  if (!value->IsArray()) return add(*value);
  for (const Value& one : value->GetArray()) add(one);
}

void keep(std::string& known, std::string found) {
  if (known.empty()) known = std::move(found);
}

}  // namespace

void read_json_ld(std::string_view script, JsonLd& known) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag |
                 rapidjson::kParseTrailingCommasFlag>(script.data(), script.size());
  if (document.HasParseError()) return;
  // The article may be the whole, one of a list, or a node of "@graph": whichever has a headline or
  // a date, in reading order.
  std::vector<const Value*> open{&document};
  for (std::size_t seen = 0; !open.empty() && seen < kMostObjects; ++seen) {
    const Value& value = *open.back();
    open.pop_back();
    if (value.IsArray()) {
      for (auto at = value.End(); at != value.Begin();) open.push_back(--at);
      continue;
    }
    if (!value.IsObject()) continue;
    if (member(value, "datePublished") != nullptr || member(value, "headline") != nullptr) {
      keep(known.headline, string_of(member(value, "headline")));
      keep(known.published, string_of(member(value, "datePublished")));
      keep(known.modified, string_of(member(value, "dateModified")));
      keep(known.publisher, name_of(member(value, "publisher")));
      if (known.authors.empty()) add_authors(member(value, "author"), known.authors);
    }
    for (const char* inner : {"mainEntity", "mainEntityOfPage", "@graph"}) {
      if (const Value* found = member(value, inner)) open.push_back(found);
    }
  }
}

}  // namespace dateline::article
