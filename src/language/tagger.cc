// SPDX-License-Identifier: Apache-2.0
#include "language/tagger.h"

#include <fmt/format.h>
#include <rapidjson/document.h>

#include <algorithm>

#include "language/model_file.h"

namespace dateline::language {

Result<Tagger> Tagger::build(ThincModel& model, std::size_t width,
                             std::vector<std::string> labels) {
  const std::size_t layer = model.layer("softmax");
  const auto w = model.weights(layer, "W", {labels.size(), width});
  const auto b = model.weights(layer, "b", {labels.size()});
  if (model.error()) return tl::unexpected(*model.error());
  Tagger made;
  made.scores_ = Affine(w, b, labels.size(), 1, width);
  made.labels_ = std::move(labels);
  return made;
}

void Tagger::annotate(const float* rows, std::span<Token> tokens,
                      std::vector<float>& scores) const {
  const std::size_t classes = labels_.size();
  scores.resize(tokens.size() * classes);
  scores_.apply(rows, tokens.size(), scores_.inputs(), scores.data(), classes);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const float* row = scores.data() + i * classes;
    tokens[i].tag = labels_[static_cast<std::size_t>(std::max_element(row, row + classes) - row)];
  }
}

Result<std::vector<std::string>> load_labels(const std::filesystem::path& path) {
  const auto bytes = read_file(path);
  if (!bytes) return tl::unexpected(bytes.error());
  rapidjson::Document cfg;
  cfg.Parse<rapidjson::kParseIterativeFlag>(bytes->data(), bytes->size());
  std::vector<std::string> labels;
  if (!cfg.HasParseError() && cfg.IsObject() && cfg.HasMember("labels") &&
      cfg["labels"].IsArray()) {
    for (const auto& label : cfg["labels"].GetArray()) {
      if (label.IsString()) labels.emplace_back(label.GetString(), label.GetStringLength());
    }
  }
  if (labels.empty()) return fail(2008, fmt::format("{} lists no labels", path.string()));
  return labels;
}

}  // namespace dateline::language
