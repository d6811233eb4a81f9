// SPDX-License-Identifier: Apache-2.0
#include "language/parser.h"

#include <algorithm>
#include <array>

namespace dateline::language {

namespace {

enum ParserAction { kShift, kReduce, kLeft, kRight, kBreak, kParserActions };

constexpr int kNone = -1;
constexpr std::uint32_t kNoMove = UINT32_MAX;

/// The arc-eager state of one report.
class State {
 public:
  State(int length, Parser::Scratch& scratch) : length_(length), s_(scratch) {
    const auto n = static_cast<std::size_t>(length);
    s_.stack.clear();
    s_.rebuffer.clear();
    s_.heads.assign(n, kNone);
    s_.last_left.assign(n, kNone);
    s_.last_right.assign(n, kNone);
    s_.before.assign(n, kNone);
    s_.move_of.assign(n, kNoMove);
    s_.unshiftable.assign(n, 0);
    s_.sentence_start.assign(n, 0);
  }

  bool is_final() const { return s_.stack.empty() && buffer_length() == 0; }

  std::array<int, Parser::kFeatures> context() const {
    const int b0 = buffer(0), s0 = stack(0);
    return {b0,
            buffer(1),
            s0,
            stack(1),
            stack(2),
            b0 < 0 ? kNone : s_.last_left[b0],
            s0 < 0 ? kNone : s_.last_left[s0],
            s0 < 0 ? kNone : s_.last_right[s0]};
  }

  std::array<bool, kParserActions> valid() const {
    std::array<bool, kParserActions> valid{};
    const bool buffered = buffer_length() > 0;
    const bool starts = buffered && s_.sentence_start[buffer(0)];
    valid[kShift] =
        s_.stack.empty() || (buffer_length() >= 2 && !starts && !s_.unshiftable[buffer(0)]);
    valid[kReduce] = !s_.stack.empty();
    valid[kLeft] = valid[kRight] = !s_.stack.empty() && buffered && !starts;
    valid[kBreak] =
        buffer_length() >= 2 && buffer(1) == buffer(0) + 1 && !s_.sentence_start[buffer(1)];
    return valid;
  }

  void apply(int action, std::uint32_t move) {
    switch (action) {
      case kShift:
        return push();
      case kReduce:
        if (s_.heads[stack(0)] != kNone || s_.stack.size() == 1) {
          s_.stack.pop_back();
        } else {
          s_.unshiftable[stack(0)] = 1;
          s_.rebuffer.push_back(stack(0));
          s_.stack.pop_back();
        }
        return;
      case kLeft:
        add_arc(buffer(0), stack(0), move);
        s_.unshiftable[buffer(0)] = 0;
        s_.stack.pop_back();
        return;
      case kRight:
        add_arc(stack(0), buffer(0), move);
        return push();
      case kBreak:
        s_.sentence_start[buffer(1)] = 1;
        return;
    }
  }

 private:
  int stack(std::size_t i) const {
    return i < s_.stack.size() ? s_.stack[s_.stack.size() - 1 - i] : kNone;
  }
  int buffer(std::size_t i) const {
    if (i < s_.rebuffer.size()) return s_.rebuffer[s_.rebuffer.size() - 1 - i];
    const int at = next_ + static_cast<int>(i - s_.rebuffer.size());
    return at < length_ ? at : kNone;
  }
  int buffer_length() const { return length_ - next_ + static_cast<int>(s_.rebuffer.size()); }

  void push() {
    if (s_.rebuffer.empty()) {
      s_.stack.push_back(next_++);
    } else {
      s_.stack.push_back(s_.rebuffer.back());
      s_.rebuffer.pop_back();
    }
  }

  void add_arc(int head, int child, std::uint32_t move) {
    if (s_.heads[child] != kNone) remove_arc(s_.heads[child], child);
    int& newest = head > child ? s_.last_left[head] : s_.last_right[head];
    s_.before[child] = newest;
    newest = child;
    s_.heads[child] = head;
    s_.move_of[child] = move;
  }

  void remove_arc(int head, int child) {
    int* at = head > child ? &s_.last_left[head] : &s_.last_right[head];
    while (*at != child) at = &s_.before[*at];
    *at = s_.before[child];
  }

  const int length_;
  int next_ = 0;
  Parser::Scratch& s_;
};

/// What of the tree sentences hang on: the span each token's subtree covers.
class Edges {
 public:
  Edges(const std::vector<Token>& tokens, Parser::Scratch& scratch)
      : tokens_(tokens), left_(scratch.left_edge), right_(scratch.right_edge) {}

  /// spaCy's own procedure: passes to and fro until every head lies in its child's sentence, or
  /// the passes are spent (a tree with crossing arcs needs several).
  void settle() {
    constexpr int kPasses = 12;
    left_.resize(tokens_.size());
    right_.resize(tokens_.size());
    for (std::uint32_t i = 0; i < tokens_.size(); ++i) left_[i] = right_[i] = i;
    for (int pass = 0; pass < kPasses; ++pass) {
      for (std::uint32_t i = 0; i < tokens_.size(); ++i) widen(i);
      for (std::uint32_t i = static_cast<std::uint32_t>(tokens_.size()); i-- > 0;) widen(i);
      if (heads_lie_within()) return;
    }
  }

  std::vector<std::uint8_t> sentence_starts() const {
    std::vector<std::uint8_t> starts(tokens_.size(), 0);
    for (std::uint32_t i = 0; i < tokens_.size(); ++i) {
      if (tokens_[i].head == i) starts[left_[i]] = 1;
    }
    return starts;
  }

 private:
  void widen(std::uint32_t child) {
    const std::uint32_t head = tokens_[child].head;
    left_[head] = std::min(left_[head], left_[child]);
    right_[head] = std::max(right_[head], right_[child]);
  }

  bool heads_lie_within() const {
    const auto starts = sentence_starts();
    const auto n = static_cast<std::uint32_t>(tokens_.size());
    std::uint32_t begin = 0;
    for (std::uint32_t i = 0; i < n; ++i) {
      if (!(i > 0 && starts[i]) && i != n - 1) continue;
      for (std::uint32_t j = begin; j < i; ++j) {
        if (tokens_[j].head < begin || tokens_[j].head > i) return false;
      }
      begin = i;
    }
    return true;
  }

  const std::vector<Token>& tokens_;
  std::vector<std::uint32_t>& left_;
  std::vector<std::uint32_t>& right_;
};

}  // namespace

Result<Parser> Parser::build(ThincModel& model, std::size_t width, std::vector<Move> moves) {
  Parser made;
  auto built = TransitionModel::build(model, width, kFeatures, moves.size());
  if (!built) return tl::unexpected(built.error());
  made.model_ = std::move(*built);
  made.moves_ = std::move(moves);
  for (const Move& move : made.moves_) {
    if (move.action >= kParserActions)
      return fail(2007, "the parser has a move of an unknown action");
    const std::size_t bars = move.label.find("||");
    made.labels_.emplace_back(move.label.substr(0, bars),
                              bars == std::string::npos ? "" : move.label.substr(bars + 2));
  }
  return made;
}

void Parser::parse(int length, Scratch& scratch, const Halt& halt) const {
  constexpr std::size_t kMovesBetween = 1024;  // Looks at the clock.
  State state(length, scratch);
  for (std::size_t move = 0; !state.is_final(); ++move) {
    if (move % kMovesBetween == 0 && halt.asked()) return;
    const auto scores = model_.score(state.context(), scratch.model);
    const auto valid = state.valid();
    std::size_t best = moves_.size();
    for (std::size_t i = 0; i < moves_.size(); ++i) {
      if (valid[moves_[i].action] && (best == moves_.size() || scores[i] > scores[best])) best = i;
    }
    if (best == moves_.size()) return;  // A model without the move it needs: what is parsed stays.
    state.apply(moves_[best].action, static_cast<std::uint32_t>(best));
  }
}

void Parser::deprojectivize(Document& document, const LexemeStore& lexemes,
                            Scratch& scratch) const {
  auto& tokens = document.tokens;
  // Breadth-first below the head for the first token with the label sought; where there is none
  // the head stays. Children are looked for within the edges, as spaCy does; the budget bounds
  // what a hostile tree can cost, and no tree of real text comes near it.
  auto budget = static_cast<std::ptrdiff_t>(64 * tokens.size() + 100'000);
  std::vector<std::uint32_t> level, next;
  const auto find = [&](std::uint32_t child, std::string_view label) {
    level.assign(1, tokens[child].head);
    while (!level.empty()) {
      next.clear();
      for (const std::uint32_t at : level) {
        budget -= scratch.right_edge[at] - scratch.left_edge[at] + 1;
        if (budget < 0) return tokens[child].head;
        for (std::uint32_t k = scratch.left_edge[at]; k <= scratch.right_edge[at]; ++k) {
          if (k == at || k == child || tokens[k].head != at) continue;
          if (lexemes[tokens[k].lexeme].is_space) continue;
          if (tokens[k].dep == label) return k;
          next.push_back(k);
        }
      }
      std::swap(level, next);
    }
    return tokens[child].head;
  };
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    const std::uint32_t move = scratch.move_of[i];
    if (move == kNoMove || labels_[move].second.empty()) continue;
    tokens[i].head = find(i, labels_[move].second);
    tokens[i].dep = labels_[move].first;
  }
}

void Parser::annotate(Document& document, const LexemeStore& lexemes, Scratch& scratch,
                      const Halt& halt) const {
  auto& tokens = document.tokens;
  document.sentences.clear();
  if (tokens.empty()) return;
  parse(static_cast<int>(tokens.size()), scratch, halt);
  if (halt.asked()) return;
  bool decorated = false;
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    const int head = scratch.heads[i];
    tokens[i].head = head == kNone ? i : static_cast<std::uint32_t>(head);
    tokens[i].dep = "ROOT";
    if (head == kNone) continue;
    const std::uint32_t move = scratch.move_of[i];
    tokens[i].dep = moves_[move].label;
    decorated |= !labels_[move].second.empty();
  }
  Edges edges(tokens, scratch);
  edges.settle();
  if (decorated) {
    deprojectivize(document, lexemes, scratch);
    edges.settle();
  }
  const auto starts = edges.sentence_starts();
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    if (i == 0 || starts[i]) document.sentences.push_back({i, i});
    document.sentences.back().end = i + 1;
    tokens[i].sentence = static_cast<std::uint32_t>(document.sentences.size() - 1);
  }
}

}  // namespace dateline::language
