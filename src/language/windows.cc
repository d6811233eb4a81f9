// SPDX-License-Identifier: Apache-2.0
#include "language/windows.h"

namespace dateline::language {

std::vector<Window> cut_windows(std::span<const TokenRange> sentences,
                                std::span<const std::uint32_t> first_piece) {
  std::vector<Window> windows;
  const auto pieces = [&](std::uint32_t begin, std::uint32_t end) {
    return first_piece[end] - first_piece[begin];
  };
  const auto add = [&](std::uint32_t begin, std::uint32_t end) {
    if (!windows.empty() && pieces(windows.back().content.begin, end) <= kContentPieces) {
      windows.back().content.end = end;
      return;
    }
    std::uint32_t context = begin;
    while (context > 0 && pieces(context - 1, begin) <= kContextPieces) --context;
    windows.push_back({context, {begin, end}});
  };
  for (const auto& [begin, end] : sentences) {
    std::uint32_t unit = begin;
    for (std::uint32_t token = begin; token < end; ++token) {
      if (pieces(unit, token + 1) <= kContentPieces) continue;
      add(unit, token);
      unit = token;
    }
    add(unit, end);
  }
  return windows;
}

}  // namespace dateline::language
