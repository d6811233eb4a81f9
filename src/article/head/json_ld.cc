// SPDX-License-Identifier: Apache-2.0
#include "article/head/json_ld.h"

#include <rapidjson/document.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "article/parsing/text.h"
#include "article/white_space.h"

namespace dateline::article {

namespace {

using rapidjson::Value;
using Type = PageStatements::Type;

// Bounds for hostile pages: 10 objects and more, 10 authors and more read WCXB the same.
constexpr std::size_t kMostObjects = 2000;  ///< A page that says more says it to no one.
constexpr std::size_t kMostAuthors = 50;

struct Name {
  std::string name;
  bool is_organization = false;
};
using Named = std::map<std::string, Name, std::less<>>;  ///< By "@id".

const Value* member(const Value& object, const char* name) {
  if (!object.IsObject()) return nullptr;
  const auto at = object.FindMember(name);
  return at == object.MemberEnd() ? nullptr : &at->value;
}

/// Sites escape their strings twice as often as not.
std::string string_of(const Value* value) {
  if (value == nullptr || !value->IsString()) return {};
  return squeeze(plain_value({value->GetString(), value->GetStringLength()}));
}

/// A date: a string, a number of seconds, either of them in a list or as a value with its type.
std::string date_of(const Value* value) {
  if (value != nullptr && value->IsArray() && !value->Empty()) value = &(*value)[0];
  if (value != nullptr && value->IsObject()) value = member(*value, "@value");
  if (value != nullptr && value->IsInt64()) return std::to_string(value->GetInt64());
  return string_of(value);
}

/// A string, or the name of a person or an organization, also by its "@id"; a list of them gives
/// its first.
std::string name_of(const Value* value, const Named& named) {
  while (value != nullptr) {  // A name may be an object or a list again, as deep as the page likes.
    if (value->IsArray() && !value->Empty()) value = &(*value)[0];
    if (!value->IsObject()) return string_of(value);
    const Value* const name = member(*value, "name");
    if (name == nullptr) {
      const auto known = named.find(string_of(member(*value, "@id")));
      return known == named.end() ? std::string() : known->second.name;
    }
    value = name;
  }
  return {};
}

/// Its "@type", the first of several.
std::string type_of(const Value& value) {
  const Value* type = member(value, "@type");
  if (type != nullptr && type->IsArray() && !type->Empty()) type = &(*type)[0];
  return string_of(type);
}

void add_authors(const Value* value, const Named& named, const PageStatements& statements,
                 JsonLd& known) {
  if (value == nullptr) return;
  const auto add = [&](const Value& one) {
    std::string name = name_of(&one, named);
    const auto referred = named.find(string_of(member(one, "@id")));
    const bool is_outlet = statements.type(type_of(one)) == Type::kOrganization ||
                           (referred != named.end() && referred->second.is_organization);
    std::vector<std::string>& authors = is_outlet ? known.organizations : known.authors;
    if (!name.empty() && authors.size() < kMostAuthors) authors.push_back(std::move(name));
  };
  if (!value->IsArray()) return add(*value);
  for (const Value& one : value->GetArray()) add(one);
}

void keep(std::string& known, std::string found) {
  if (known.empty()) known = std::move(found);
}

}  // namespace

void read_json_ld(std::string_view script, const PageStatements& statements, JsonLd& known) {
  // Line breaks within strings are common and wrong; a blank means the same.
  std::string text(script);
  std::replace_if(text.begin(), text.end(), [](char c) { return c >= 0 && c < ' '; }, ' ');
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag |
                 rapidjson::kParseTrailingCommasFlag | rapidjson::kParseStopWhenDoneFlag>(
      text.data(), text.size());
  if (document.HasParseError()) return;
  // The article may be the whole, one of a list, or a node of "@graph".
  std::vector<const Value*> open{&document}, articles, pages, others;
  Named named;
  for (std::size_t seen = 0; !open.empty() && seen < kMostObjects; ++seen) {
    const Value& value = *open.back();
    open.pop_back();
    if (value.IsArray()) {
      const std::size_t most = std::min<std::size_t>(value.Size(), kMostObjects);
      for (std::size_t i = most; i-- > 0;) {
        open.push_back(&value[static_cast<rapidjson::SizeType>(i)]);
      }
      continue;
    }
    if (!value.IsObject()) continue;
    const Type type = statements.type(type_of(value));
    if (const std::string id = string_of(member(value, "@id")); !id.empty()) {
      if (std::string name = string_of(member(value, "name")); !name.empty()) {
        named.emplace(id, Name{std::move(name), type == Type::kOrganization});
      }
    }
    if (type == Type::kArticle) {
      articles.push_back(&value);
    } else if (type == Type::kPage) {
      pages.push_back(&value);
    } else if (member(value, "datePublished") != nullptr || member(value, "headline") != nullptr) {
      others.push_back(&value);
    } else if (type == Type::kOrganization || type == Type::kSite) {
      keep(known.site, string_of(member(value, "name")));
    }
    for (const char* inner : {"mainEntity", "mainEntityOfPage", "@graph", "hasPart"}) {
      if (const Value* found = member(value, inner)) open.push_back(found);
    }
  }
  articles.insert(articles.end(), others.begin(), others.end());
  articles.insert(articles.end(), pages.begin(), pages.end());
  for (const Value* article : articles) {
    keep(known.headline, string_of(member(*article, "headline")));
    keep(known.published, date_of(member(*article, "datePublished")));
    for (const char* name : {"dateCreated", "uploadDate"}) {
      keep(known.created, date_of(member(*article, name)));
    }
    keep(known.modified, date_of(member(*article, "dateModified")));
    keep(known.publisher, name_of(member(*article, "publisher"), named));
    keep(known.language, string_of(member(*article, "inLanguage")));
    for (const char* name : {"author", "creator"}) {
      if (known.authors.empty()) add_authors(member(*article, name), named, statements, known);
    }
  }
}

}  // namespace dateline::article
