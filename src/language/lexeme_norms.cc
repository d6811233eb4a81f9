// SPDX-License-Identifier: Apache-2.0
#include "language/lexeme_norms.h"

#include <fmt/format.h>

#include "language/model_file.h"
#include "language/string_key.h"

namespace dateline::language {

namespace {

struct Norm {
  std::string_view word, norm;
};

// spacy.lang.norm_exceptions.BASE_NORMS: part of what the models were trained on.
constexpr Norm kBaseNorms[] = {
    {"'s", "'s"},  {"'S", "'s"}, {"’s", "'s"}, {"’S", "'s"}, {"’", "'"},   {"‘", "'"},
    {"´", "'"},    {"`", "'"},   {"”", "\""},  {"“", "\""},  {"''", "\""}, {"``", "\""},
    {"´´", "\""},  {"„", "\""},  {"»", "\""},  {"«", "\""},  {"‘‘", "\""}, {"’’", "\""},
    {"？", "?"},   {"！", "!"},  {"，", ","},  {"；", ";"},  {"：", ":"},  {"。", "."},
    {"।", "."},    {"…", "..."}, {"—", "-"},   {"–", "-"},   {"--", "-"},  {"---", "-"},
    {"——", "-"},   {"€", "$"},   {"£", "$"},   {"¥", "$"},   {"฿", "$"},   {"US$", "$"},
    {"C$", "$"},   {"A$", "$"},  {"₺", "$"},   {"₹", "$"},   {"৳", "$"},   {"₩", "$"},
    {"Mex$", "$"}, {"₣", "$"},   {"E£", "$"},
};

}  // namespace

Result<LexemeNorms> LexemeNorms::load(const std::filesystem::path& pipeline_directory) {
  auto file = MessagePack::load(pipeline_directory / "vocab" / "lookups.bin");
  if (!file) return tl::unexpected(file.error());
  const auto altered = [&](std::string_view what) {
    return fail(2003, fmt::format("{} is altered: {}", file->name(), what));
  };
  if (file->root().type != msgpack::type::MAP) return altered("it holds no tables");
  LexemeNorms norms;
  for (const Norm& norm : kBaseNorms) norms.norms_[string_key(norm.word)] = string_key(norm.norm);
  const msgpack::object& table = find(file->root(), "lexeme_norm");
  if (table.is_nil()) return norms;  // A pipeline may have none.
  if (table.type != msgpack::type::MAP) return altered("lexeme_norm is no table");
  norms.norms_.reserve(table.via.map.size * 2);
  for (const auto& [word, norm] : table.via.map) {
    const auto text = as_text(norm);
    if (word.type != msgpack::type::POSITIVE_INTEGER || !text) {
      return altered("lexeme_norm has an entry that is none");
    }
    norms.norms_[word.via.u64] = string_key(*text);
  }
  return norms;
}

}  // namespace dateline::language
