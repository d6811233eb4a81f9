// A trunk against PyTorch (windows.jsonl and trunk_vectors.jsonl, make_trunk_cases.py), one
// instruction set against another, and what comes of bad files and odd documents.
// SPDX-License-Identifier: Apache-2.0
#include "language/trunk.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "language/cases.h"
#include "language/targets.h"

namespace dateline::language {
namespace {

namespace fs = std::filesystem;
using testing::Each;
using testing::HasSubstr;

const fs::path kCases = kSource / "tests/language";
const fs::path kSmallTrunk = kCases / "trunk";
const fs::path kInstalled = kSource / "components/trunk";

/// A document of these tokens; the case must outlive it.
Document document_of(const rapidjson::Value& row) {
  Document document;
  for (const auto& text : row["tokens"].GetArray()) {
    document.tokens.emplace_back().text = {text.GetString(), text.GetStringLength()};
  }
  std::uint32_t begin = 0;
  for (const auto& length : row["sentences"].GetArray()) {
    const std::uint32_t end = begin + length.GetUint();
    for (std::uint32_t i = begin; i < end; ++i) {
      document.tokens[i].sentence = static_cast<std::uint32_t>(document.sentences.size());
    }
    document.sentences.push_back({begin, end});
    begin = end;
  }
  return document;
}

/// A document of one sentence.
Document sentence_of(const std::vector<std::string>& tokens) {
  Document document;
  for (const std::string& text : tokens) document.tokens.emplace_back().text = text;
  document.sentences.push_back({0, static_cast<std::uint32_t>(tokens.size())});
  return document;
}

std::vector<float> vectors_of(const Trunk& trunk, const Document& document) {
  Trunk::Scratch scratch(trunk);
  std::vector<float> vectors;
  trunk.encode(document, scratch, vectors);
  EXPECT_EQ(vectors.size(), document.tokens.size() * trunk.width());
  return vectors;
}

TEST(Trunk, CutsPiecesAndWindowsAsTrainingDoes) {
  const auto trunk = Trunk::load(kSmallTrunk);
  ASSERT_TRUE(trunk) << trunk.error().message;
  for (const auto& row : read_cases("windows.jsonl")) {
    SCOPED_TRACE(row["why"].GetString());
    const Trunk::Cut cut = trunk->cut(document_of(row));
    const auto& pieces = row["pieces"].GetArray();
    ASSERT_EQ(cut.first_piece.size(), pieces.Size() + 1);
    for (std::uint32_t i = 0; i < pieces.Size(); ++i) {
      std::vector<std::uint32_t> expected;
      for (const auto& piece : pieces[i].GetArray()) expected.push_back(piece.GetUint());
      EXPECT_EQ(std::vector(cut.pieces.begin() + cut.first_piece[i],
                            cut.pieces.begin() + cut.first_piece[i + 1]),
                expected)
          << "token " << i;
    }
    std::vector<Window> windows;
    for (const auto& window : row["windows"].GetArray()) {
      windows.push_back({window[0].GetUint(), {window[1].GetUint(), window[2].GetUint()}});
    }
    ASSERT_EQ(cut.windows.size(), windows.size());
    for (std::size_t i = 0; i < windows.size(); ++i) {
      EXPECT_EQ(cut.windows[i].context, windows[i].context);
      EXPECT_EQ(cut.windows[i].content.begin, windows[i].content.begin);
      EXPECT_EQ(cut.windows[i].content.end, windows[i].content.end);
    }
  }
}

/// The first numbers of each vector against those of a case.
void expect_near(const rapidjson::Value& row, const std::vector<float>& vectors, std::size_t width,
                 double most, double mean) {
  double sum = 0;
  std::size_t count = 0;
  for (std::uint32_t token = 0; token < row["vectors"].Size(); ++token) {
    const auto& expected = row["vectors"][token];
    for (std::uint32_t i = 0; i < expected.Size(); ++i, ++count) {
      const double off = std::abs(vectors[token * width + i] - expected[i].GetDouble());
      EXPECT_LE(off, most) << "token " << token << ", number " << i;
      sum += off;
    }
  }
  EXPECT_LE(sum / static_cast<double>(count), mean);
}

// The last layer's numbers have a variance near one (a layer normalisation makes them), and come
// of bytes in every layer: each is off by up to half of 1/255 of its row's range, which is some
// nine standard deviations.
TEST(Trunk, GivesPyTorchsVectorsAndTheSameBitsOnAllTargets) {
  for (const auto& row : read_cases("windows.jsonl")) {
    SCOPED_TRACE(row["why"].GetString());
    const Document document = document_of(row);
    std::vector<float> first;
    for_each_target([&] {
      const auto trunk = Trunk::load(kSmallTrunk);
      ASSERT_TRUE(trunk) << trunk.error().message;
      const auto vectors = vectors_of(*trunk, document);
      expect_near(row, vectors, trunk->width(), 0.2, 0.03);
      if (first.empty()) first = vectors;
      EXPECT_EQ(vectors, first);
    });
  }
}

TEST(Trunk, TheInstalledOneGivesPyTorchsVectors) {
  if (!fs::exists(kInstalled)) GTEST_SKIP() << "no trunk in components/";
  const auto trunk = Trunk::load(kInstalled);
  ASSERT_TRUE(trunk) << trunk.error().message;
  for (const auto& row : read_cases("trunk_vectors.jsonl")) {
    expect_near(row, vectors_of(*trunk, document_of(row)), trunk->width(), 0.2, 0.03);
  }
}

/// The small trunk beside a correction, or what is made of one.
class Corrected {
 public:
  explicit Corrected(const std::string& correction) {
    directory_.write("model.safetensors", bytes_of(kSmallTrunk / "model.safetensors"));
    directory_.write("vocab.txt", bytes_of(kSmallTrunk / "vocab.txt"));
    directory_.write("correction.safetensors", correction);
  }
  Result<Trunk> load() const { return Trunk::load(directory_.path()); }

 private:
  Directory directory_;
};

TEST(Trunk, ACorrectionIsAddedToItsWeights) {
  const Corrected corrected(bytes_of(kCases / "trunk_correction.safetensors"));
  const auto plain = Trunk::load(kSmallTrunk);
  for (const auto& row : read_cases("corrected_vectors.jsonl")) {
    const Document document = document_of(row);
    const auto trunk = corrected.load();
    ASSERT_TRUE(trunk) << trunk.error().message;
    const auto vectors = vectors_of(*trunk, document);
    expect_near(row, vectors, trunk->width(), 0.2, 0.03);
    EXPECT_NE(vectors, vectors_of(*plain, document));
  }
}

TEST(Trunk, ABadCorrectionIsAnErrorThatNamesIt) {
  const std::string whole = bytes_of(kCases / "trunk_correction.safetensors");
  EXPECT_EQ(Corrected(whole.substr(0, whole.size() / 2)).load().error().code, 2003);
  // Each tensor's name spoilt in turn.
  const std::string end = "\": {\"dtype\"";
  std::size_t tensors = 0;
  for (std::size_t at = whole.find(end); at != whole.npos; at = whole.find(end, at + 1)) {
    std::string bytes = whole;
    bytes[at - 1] = '?';
    const auto trunk = Corrected(bytes).load();
    ASSERT_FALSE(trunk);
    EXPECT_EQ(trunk.error().code, 2005) << trunk.error().message;
    EXPECT_THAT(trunk.error().message, HasSubstr("correction.safetensors"));
    ++tensors;
  }
  EXPECT_EQ(tensors, 6u * 5 + 4);
  // One of another trunk, whose layers are not these.
  std::string other = whole;
  for (std::size_t at; (at = other.find("layer.1.")) != other.npos;) other[at + 6] = '9';
  EXPECT_THAT(Corrected(other).load().error().message, HasSubstr("corrects none"));
}

TEST(Trunk, EncodesOnlyWhatIsWanted) {
  const auto trunk = Trunk::load(kSmallTrunk);
  ASSERT_TRUE(trunk) << trunk.error().message;
  for (const auto& row : read_cases("windows.jsonl")) {
    SCOPED_TRACE(row["why"].GetString());
    const Document document = document_of(row);
    const auto all = vectors_of(*trunk, document);
    Trunk::Scratch scratch(*trunk);
    const auto cut = trunk->cut(document);
    for (const TokenRange wanted : document.sentences) {
      std::uint32_t next = wanted.begin;
      trunk->encode(cut, scratch, wanted, [&](std::uint32_t token, const float* vector) {
        EXPECT_EQ(token, next++);
        EXPECT_TRUE(std::equal(vector, vector + trunk->width(), &all[token * trunk->width()]));
        return true;
      });
      EXPECT_EQ(next, wanted.end);
    }
    std::uint32_t taken = 0;
    const auto size = static_cast<std::uint32_t>(document.tokens.size());
    trunk->encode(cut, scratch, {0, size},
                  [&](std::uint32_t, const float*) { return ++taken < 2; });
    EXPECT_EQ(taken, std::min(size, 2u));
  }
}

TEST(Trunk, OddDocumentsAreFine) {
  const auto trunk = Trunk::load(kSmallTrunk);
  ASSERT_TRUE(trunk) << trunk.error().message;
  EXPECT_TRUE(vectors_of(*trunk, Document{}).empty());
  const std::vector<std::string> documents[] = {
      std::vector<std::string>(5'000, "harbour"),
      std::vector<std::string>(5'000, " "),
      {std::string(100'000, 'x'), std::string(100'000, '-'), "said"},
      {"POLICE", "SAID", "\xe6\x9d\xb1\xe4\xba\xac", "\xff\xfe\x80", std::string(3, '\0')},
  };
  for (const auto& tokens : documents) {
    const auto vectors = vectors_of(*trunk, sentence_of(tokens));
    for (const float x : vectors) ASSERT_TRUE(std::isfinite(x));
    const std::vector<float> none(trunk->width(), 0.0f);
    for (std::size_t i = 0; i < vectors.size(); i += trunk->width()) {
      ASSERT_FALSE(std::equal(none.begin(), none.end(), vectors.begin() + static_cast<long>(i)));
    }
  }
}

TEST(Trunk, ABadFileIsAnErrorThatNamesIt) {
  const std::string model = bytes_of(kSmallTrunk / "model.safetensors");
  const std::string vocabulary = bytes_of(kSmallTrunk / "vocab.txt");
  const auto error_of = [](const std::string& weights, const std::string& lines) {
    const Directory directory;
    directory.write("model.safetensors", weights);
    directory.write("vocab.txt", lines);
    const auto trunk = Trunk::load(directory.path());
    EXPECT_FALSE(trunk);
    return trunk ? Error{} : trunk.error();
  };
  const auto changed = [&](const std::string& from, const std::string& to) {
    std::string bytes = model;
    const std::size_t at = bytes.find(from);
    EXPECT_NE(at, bytes.npos) << from;
    return at == bytes.npos ? bytes : bytes.replace(at, from.size(), to);
  };
  EXPECT_EQ(Trunk::load("/nowhere").error().code, 2002);
  EXPECT_EQ(error_of(model.substr(0, model.size() / 2), vocabulary).code, 2003);
  EXPECT_EQ(error_of(model, "[UNK]\n").code, 2040);
  EXPECT_THAT(error_of(model, vocabulary + "extra\n").message, HasSubstr("vocab.txt"));
  EXPECT_THAT(error_of(changed(R"("heads": "2")", R"("heads": "3")"), vocabulary).message,
              HasSubstr("3 heads"));
  EXPECT_THAT(error_of(changed(R"("heads": "2")", R"("heads": "-")"), vocabulary).message,
              HasSubstr("0 heads"));
  // Each tensor's name spoilt in turn.
  const std::string end = "\": {\"dtype\"";
  std::size_t tensors = 0;
  for (std::size_t at = model.find(end); at != model.npos; at = model.find(end, at + 1)) {
    std::string bytes = model;
    bytes[at - 1] = '?';
    const Error error = error_of(bytes, vocabulary);
    EXPECT_EQ(error.code, 2005) << error.message;
    EXPECT_THAT(error.message, HasSubstr("model.safetensors"));
    ++tensors;
  }
  EXPECT_EQ(tensors, 5u + 2 * (6 * 3 + 4));
}

}  // namespace
}  // namespace dateline::language
