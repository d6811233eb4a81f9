// SPDX-License-Identifier: Apache-2.0
#include "reading/events/quick_vectors.h"

#include <algorithm>

#include "reading/attributions/scene.h"
#include "reading/events/table.h"

namespace dateline::reading::events {

namespace {

constexpr std::uint32_t kMostOfAll = 400;  ///< Tokens of a report or sentence that are averaged.

std::uint16_t row(Key feature, Key value) {
  return static_cast<std::uint16_t>(1 + join(feature, value) % (QuickVectors::kRows - 1));
}

std::string_view ending(std::string_view word) {
  return word.size() > 3 ? word.substr(word.size() - 3) : word;
}

}  // namespace

Result<QuickVectors> QuickVectors::load(const std::filesystem::path& path) {
  auto file = language::Safetensors::load(path);
  if (!file) return tl::unexpected(file.error());
  QuickVectors made;
  const auto shape = file->shape("rows.weight");
  if (shape.size() != 2 || shape[0] != kRows || shape[1] == 0) {
    file->complain("has no rows for this version");
  } else {
    made.width_ = shape[1];
    const auto rows = file->i8("rows.weight", shape);
    made.rows_.assign(rows.begin(), rows.end());
    made.scale_ = file->f32("rows.scale", {kRows});
  }
  if (file->error()) return tl::unexpected(*file->error());
  return made;
}

std::vector<QuickVectors::Keys> QuickVectors::keys_of(const Scene& scene) {
  std::vector<Keys> keys;
  keys.reserve(scene.size());
  for (const language::Token& token : scene.tokens) {
    keys.push_back(
        {key(token.lower), key(token.lemma), key(token.pos), key(token.tag), key(token.dep)});
  }
  return keys;
}

QuickFeatures QuickVectors::features(const Scene& scene, const std::vector<Keys>& keys,
                                     const knowledge::Words& words, std::uint32_t i) {
  const language::Token& token = scene[i];
  const Keys& own = keys[i];
  QuickFeatures found{};
  std::size_t n = 0;
  const auto put = [&](Key value) {
    found[n] = row(n, value);
    ++n;
  };
  const auto skip = [&] { ++n; };
  put(own.lower);
  put(join(own.lemma, own.pos));
  put(join(key(ending(token.lower)), own.pos));
  put(join(own.tag, own.dep));
  put(join(keys[token.head].lemma, own.dep));
  i > 0 ? put(keys[i - 1].lower) : skip();
  i + 1 < scene.size() ? put(keys[i + 1].lower) : skip();
  std::uint32_t object = kNone, subject = kNone, particle = kNone, part = kNone;
  for (const std::uint32_t child : scene.tree.children(i)) {
    const std::string_view dep = scene[child].dep;
    const auto is = [&](std::uint32_t& place, std::initializer_list<std::string_view> labels) {
      if (place == kNone && is_any_of(dep, labels)) place = child;
    };
    is(object, {"dobj", "attr", "oprd"});
    is(subject, {"nsubj", "nsubjpass", "poss"});
    is(particle, {"prt", "prep", "agent"});
    is(part, {"compound", "amod"});
  }
  object != kNone ? put(join(keys[object].lemma, 1)) : skip();
  object != kNone ? put(join(own.lemma, keys[object].lemma)) : skip();
  subject != kNone ? put(join(keys[subject].lemma, keys[subject].dep)) : skip();
  particle != kNone ? put(join(own.lemma, keys[particle].lower)) : skip();
  const std::uint32_t below =
      particle == kNone ? kNone : scene.tree.child(particle, {"pobj", "pcomp"});
  below != kNone ? put(join(keys[particle].lower, keys[below].lemma)) : skip();
  part != kNone ? put(keys[part].lemma) : skip();
  const std::uint32_t entity = scene.mentions.entity_at(i);
  put(join(entity == kNone ? 0 : key(scene.record.entities[entity].kind), own.pos));
  const std::uint32_t of = subject == kNone ? kNone : scene.mentions.entity_at(subject);
  of != kNone ? put(join(key(scene.record.entities[of].kind), keys[subject].dep)) : skip();
  const knowledge::EventWord* known = row_of(words, scene, i);
  known ? put(join(key(known->type), known->with.empty() ? 0 : 1)) : skip();
  return found;
}

std::uint16_t QuickVectors::topic(const Scene& scene, const std::vector<Keys>& keys,
                                  std::uint32_t i, std::uint64_t of) {
  if (!is_any_of(scene[i].pos, {"NOUN", "VERB", "PROPN", "ADJ"})) return 0;
  return row(of, keys[i].lemma);
}

void QuickVectors::add(std::uint16_t row, float* sum) const {
  const std::int8_t* from = rows_.data() + row * width_;
  for (std::size_t k = 0; k < width_; ++k) sum[k] += scale_[row] * static_cast<float>(from[k]);
}

std::vector<float> QuickVectors::mean(const Scene& scene, const std::vector<Keys>& keys,
                                      language::TokenRange tokens, std::uint64_t of) const {
  std::vector<float> sum(width_, 0.0f);
  std::uint32_t count = 0;
  for (std::uint32_t i = tokens.begin; i < std::min(tokens.end, tokens.begin + kMostOfAll); ++i) {
    const std::uint16_t row = topic(scene, keys, i, of);
    if (row == 0) continue;
    ++count;
    add(row, sum.data());
  }
  for (float& one : sum) one /= static_cast<float>(std::max(count, 1u));
  return sum;
}

void QuickVectors::encode(const Scene& scene, const knowledge::Words& words,
                          language::TokenRange tokens, float* out) const {
  const std::vector<Keys> keys = keys_of(scene);
  const std::vector<float> report = mean(scene, keys, {0, scene.size()}, kReport);
  for (std::uint32_t i = tokens.begin; i < tokens.end;) {
    const language::TokenRange sentence = scene.document.sentences[scene[i].sentence];
    const std::vector<float> around = mean(scene, keys, sentence, kSentence);
    for (; i < std::min(sentence.end, tokens.end); ++i, out += width_) {
      for (std::size_t k = 0; k < width_; ++k) out[k] = around[k] + report[k];
      for (const std::uint16_t row : features(scene, keys, words, i)) {
        if (row != 0) add(row, out);
      }
      for (std::size_t k = 0; k < width_; ++k) out[k] = std::max(out[k], 0.0f);
    }
  }
}

}  // namespace dateline::reading::events
