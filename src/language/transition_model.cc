// SPDX-License-Identifier: Apache-2.0
#include "language/transition_model.h"

#include <fmt/format.h>
#include <rapidjson/document.h>

#include <algorithm>
#include <limits>
#include <tuple>

#include "language/model_file.h"

namespace dateline::language {

Result<TransitionModel> TransitionModel::build(ThincModel& model, std::size_t width,
                                               std::size_t features, std::size_t moves) {
  TransitionModel made;
  const std::size_t lower = model.layer("precomputable_affine");
  made.hidden_ = model.dimension(lower, "nO");
  made.inner_ = model.dimension(lower, "nI");
  made.features_ = features;
  made.pieces_ = model.dimension(lower, "nP");
  if (model.dimension(lower, "nF") != features || features > kMaxFeatures) {
    model.complain(fmt::format("looks at another number of state tokens than {}", features));
  }
  if (made.pieces_ < 2 || made.pieces_ > Affine::kMaxPieces) {
    model.complain("hidden layer of other than two or three maxout pieces");
  }
  // Linear layers in the file's order: the scores (upper), then the projection below tok2vec.
  const auto linear = model.layers("linear");
  if (linear.size() != 2) {
    model.complain("is not a TransitionBasedParser.v2 with an upper layer");
    return tl::unexpected(*model.error());
  }
  const std::size_t shape_hidden = made.hidden_, pieces = made.pieces_, inner = made.inner_;
  const auto upper_w = model.weights(linear[0], "W", {moves, shape_hidden});
  const auto upper_b = model.weights(linear[0], "b", {moves});
  const auto project_w = model.weights(linear[1], "W", {inner, width});
  const auto project_b = model.weights(linear[1], "b", {inner});
  const auto w = model.weights(lower, "W", {features, shape_hidden, pieces, inner});
  const auto b = model.weights(lower, "b", {shape_hidden, pieces});
  const auto pad = model.weights(lower, "pad", {1, features, shape_hidden, pieces});
  if (model.error()) return tl::unexpected(*model.error());

  made.project_ = Affine(project_w, project_b, inner, 1, width);
  made.upper_ = Affine(upper_w, upper_b, moves, 1, shape_hidden, Affine::Use::kOneRow);
  std::vector<float> rows;
  rows.reserve(w.size());
  for (std::size_t f = 0; f < features; ++f) {
    for (std::size_t p = 0; p < pieces; ++p) {
      for (std::size_t h = 0; h < shape_hidden; ++h) {
        const std::size_t at = (f * shape_hidden + h) * pieces + p;
        const auto from = w.begin() + static_cast<std::ptrdiff_t>(at * inner);
        rows.insert(rows.end(), from, from + static_cast<std::ptrdiff_t>(inner));
        made.pad_.push_back(pad[at]);
        if (f == 0) made.bias_.push_back(b[h * pieces + p]);
      }
    }
  }
  made.lower_ = Affine(rows, {}, features * pieces * shape_hidden, 1, inner);
  return made;
}

void TransitionModel::start(Scratch& scratch) const {
  scratch.tokens = 0;
  scratch.computed = 0;
  scratch.vectors.clear();
  scratch.rows.resize(kRecent * lower_.outputs());
  scratch.far.resize(kFar * lower_.outputs());
  scratch.far_token.assign(kFar, std::numeric_limits<std::size_t>::max());
  scratch.far_used.assign(kFar, 0);
  scratch.scored = 0;
  scratch.hidden.resize(hidden_);
  scratch.scores.resize(upper_.outputs());
}

void TransitionModel::add(const float* rows, std::size_t count, Scratch& scratch) const {
  scratch.vectors.resize((scratch.tokens + count) * inner_);
  project_.apply(rows, count, project_.inputs(), scratch.vectors.data() + scratch.tokens * inner_,
                 inner_);
  scratch.tokens += count;
}

void TransitionModel::compute_to(std::size_t token, Scratch& scratch) const {
  while (scratch.computed <= token) {
    const std::size_t count = std::min(kAhead, scratch.tokens - scratch.computed);
    lower_.apply(scratch.vectors.data() + scratch.computed * inner_, count, inner_,
                 scratch.rows.data() + scratch.computed % kRecent * lower_.outputs(),
                 lower_.outputs());
    scratch.computed += count;
  }
}

/// The row of a token that the table no longer holds. The slot least recently used gives way, which
/// is none of this state's: there are more slots than features.
const float* TransitionModel::far_row(std::size_t token, Scratch& scratch) const {
  auto slot = std::find(scratch.far_token.begin(), scratch.far_token.end(), token) -
              scratch.far_token.begin();
  const bool known = slot < static_cast<std::ptrdiff_t>(kFar);
  if (!known) {
    slot = std::min_element(scratch.far_used.begin(), scratch.far_used.end()) -
           scratch.far_used.begin();
  }
  const auto at = static_cast<std::size_t>(slot);
  float* row = scratch.far.data() + at * lower_.outputs();
  if (!known) {
    lower_.apply(scratch.vectors.data() + token * inner_, 1, inner_, row, lower_.outputs());
    scratch.far_token[at] = token;
  }
  scratch.far_used[at] = scratch.scored;
  return row;
}

std::span<const float> TransitionModel::score(std::span<const int> context,
                                              Scratch& scratch) const {
  ++scratch.scored;
  // New rows first: they may take the place of old ones.
  const int newest = *std::max_element(context.begin(), context.end());
  if (newest >= 0) compute_to(static_cast<std::size_t>(newest), scratch);
  const float* parts[kMaxFeatures];
  const std::size_t step = pieces_ * hidden_;
  for (std::size_t f = 0; f < features_; ++f) {
    const float* row = pad_.data();
    if (context[f] >= 0) {
      const auto token = static_cast<std::size_t>(context[f]);
      if (token + kRecent >= scratch.computed) {
        row = scratch.rows.data() + token % kRecent * lower_.outputs();
      } else {
        row = far_row(token, scratch);
      }
    }
    parts[f] = row + f * step;
  }
  sum_max(parts, features_, bias_.data(), hidden_, pieces_, scratch.hidden.data());
  upper_.apply(scratch.hidden.data(), 1, hidden_, scratch.scores.data(), upper_.outputs());
  return scratch.scores;
}

Result<std::vector<Move>> load_moves(const std::filesystem::path& path) {
  const auto file = MessagePack::load(path);
  if (!file) return tl::unexpected(file.error());
  const auto text = as_bytes(find(file->root(), "moves"));
  rapidjson::Document actions;
  if (text) actions.Parse<rapidjson::kParseIterativeFlag>(text->data(), text->size());
  if (!text || actions.HasParseError() || !actions.IsObject()) {
    return fail(2007, fmt::format("{} holds no moves", path.string()));
  }
  // Classes go by action, then by falling frequency, then by falling label. Labels added after
  // training have negative frequencies and come behind all others, with each of their actions.
  using Entry = std::tuple<std::int64_t, std::string, int>;
  std::vector<Entry> trained, added;
  for (const auto& [name, labels] : actions.GetObject()) {
    const std::string_view digits(name.GetString(), name.GetStringLength());
    if (digits.size() != 1 || digits[0] < '0' || digits[0] > '9' || !labels.IsObject()) {
      return fail(2007, fmt::format("{} names an unknown action '{}'", path.string(), digits));
    }
    for (const auto& [label, frequency] : labels.GetObject()) {
      if (!frequency.IsInt64()) {
        return fail(2007, fmt::format("{} holds a label without its frequency", path.string()));
      }
      Entry entry{frequency.GetInt64(), std::string(label.GetString(), label.GetStringLength()),
                  digits[0] - '0'};
      (frequency.GetInt64() < 0 ? added : trained).push_back(std::move(entry));
    }
  }
  std::sort(trained.begin(), trained.end(), [](const Entry& a, const Entry& b) {
    return std::tuple(-std::get<2>(a), std::get<0>(a), std::get<1>(a)) >
           std::tuple(-std::get<2>(b), std::get<0>(b), std::get<1>(b));
  });
  std::sort(added.begin(), added.end(), std::greater<>());
  std::vector<Move> moves;
  for (const auto& [frequency, label, action] : trained) moves.push_back({action, label});
  for (const auto& [frequency, label, ignored] : added) {
    std::vector<int> with_label;
    for (const auto& entry : added) {
      if (std::get<1>(entry) == label) with_label.push_back(std::get<2>(entry));
    }
    std::sort(with_label.begin(), with_label.end());
    for (const int action : with_label) {
      const bool there = std::any_of(moves.begin(), moves.end(), [&](const Move& move) {
        return move.action == action && move.label == label;
      });
      if (!there) moves.push_back({action, label});
    }
  }
  if (moves.empty()) return fail(2007, fmt::format("{} holds no moves", path.string()));
  return moves;
}

}  // namespace dateline::language
