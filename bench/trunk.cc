// Runs a trunk over documents: what bench/trunk.py and tests/language/make_trunk_cases.py ask.
//
//   trunk_encode DIRECTORY [TARGET] <DOCUMENTS >VECTORS
//
// DOCUMENTS has a JSON object a line: "tokens", the texts, and "sentences", the number of tokens in
// each. VECTORS are all tokens' vectors, float32. What was done goes to the standard error, as
// JSON: pieces in all windows, seconds of processor time, instruction set. TARGET leaves out those
// better than AVX3 or AVX2.
// SPDX-License-Identifier: Apache-2.0
#include "language/trunk.h"

#include <fmt/format.h>
#include <rapidjson/document.h>

#include <cstdio>
#include <ctime>
#include <deque>
#include <iostream>
#include <string>
#include <vector>

#include "language/kernels.h"
// Highway after its targets are known.
#include <hwy/targets.h>

namespace {

using namespace dateline::language;

struct Input {
  rapidjson::Document json;  ///< Holds the texts.
  Document document;
};

std::deque<Input> read_documents(std::istream& in) {
  std::deque<Input> inputs;
  for (std::string line; std::getline(in, line);) {
    Input& input = inputs.emplace_back();
    input.json.Parse(line.data(), line.size());
    for (const auto& text : input.json["tokens"].GetArray()) {
      Token& token = input.document.tokens.emplace_back();
      token.text = {text.GetString(), text.GetStringLength()};
    }
    std::uint32_t begin = 0;
    for (const auto& length : input.json["sentences"].GetArray()) {
      const auto sentence = static_cast<std::uint32_t>(input.document.sentences.size());
      const std::uint32_t end = begin + length.GetUint();
      input.document.sentences.push_back({begin, end});
      for (; begin < end; ++begin) input.document.tokens[begin].sentence = sentence;
    }
  }
  return inputs;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) return fmt::print(stderr, "usage: trunk_encode DIRECTORY [TARGET]\n"), 2;
  if (count > 2) {
    const std::string_view best = arguments[2];
    std::int64_t allowed = 0;
    for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
      if (hwy::TargetName(target) == best || allowed != 0) allowed |= target;
    }
    hwy::SetSupportedTargetsForTest(allowed);
    hwy::GetChosenTarget().DeInit();
  }
  const auto trunk = Trunk::load(arguments[1]);
  if (!trunk) return fmt::print(stderr, "{}\n", trunk.error().message), 2;
  Trunk::Scratch scratch(*trunk);
  const std::deque<Input> inputs = read_documents(std::cin);
  std::size_t pieces = 0;
  double seconds = 0;
  std::vector<float> vectors;
  for (const Input& input : inputs) {
    const std::clock_t begin = std::clock();
    trunk->encode(input.document, scratch, vectors);
    seconds += static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    std::fwrite(vectors.data(), sizeof(float), vectors.size(), stdout);
    const Trunk::Cut cut = trunk->cut(input.document);
    for (const Window& window : cut.windows) {
      pieces += 2 + cut.first_piece[window.content.end] - cut.first_piece[window.context];
    }
  }
  fmt::print(stderr, "{{\"pieces\": {}, \"seconds\": {}, \"target\": \"{}\"}}\n", pieces, seconds,
             kernel_target());
}
