// SPDX-License-Identifier: Apache-2.0
#include "language/pipeline.h"

#include <fmt/format.h>
#include <rapidjson/document.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "language/attribute_ruler.h"
#include "language/config.h"
#include "language/entity_recognizer.h"
#include "language/lemmatizer.h"
#include "language/lexeme_norms.h"
#include "language/lexeme_store.h"
#include "language/model_file.h"
#include "language/parser.h"
#include "language/tagger.h"
#include "language/thinc_model.h"
#include "language/tok2vec.h"
#include "language/tokenizer.h"
#include "language/vectors.h"

namespace dateline::language {

namespace {

// Words are forgotten between reports beyond these, which bounds the memory of a thread.
constexpr std::size_t kMaxLexemes = 8'000;
constexpr std::size_t kMaxLexemeBytes = std::size_t{8} << 20;
// The working space of a report larger than this is given back before the next one.
constexpr std::size_t kLargeReport = 100'000;
// Tokens whose vectors are worked on at once.
constexpr std::size_t kTokensAtOnce = 1024;

/// One tok2vec model and who reads its rows.
struct Encoder {
  Tok2Vec tok2vec;
  bool to_tagger = false, to_parser = false, to_recognizer = false;
};

enum class Step { kParser, kAttributeRuler, kLemmatizer, kRecognizer };

Result<void> check_architecture(const Config& config, const std::string& section,
                                std::string_view known) {
  const auto named = config.string(section, "@architectures");
  if (named && *named == known) return {};
  return fail(2011, fmt::format("[{}] asks for the architecture '{}'; only '{}' is supported there",
                                section, named.value_or("(none)"), known));
}

Result<void> check_tok2vec(const Config& config, const std::string& section) {
  const std::pair<std::string, std::string_view> parts[] = {
      {section, "spacy.Tok2Vec.v2"},
      {section + ".embed", "spacy.MultiHashEmbed.v2"},
      {section + ".encode", "spacy.MaxoutWindowEncoder.v2"}};
  for (const auto& [part, known] : parts) {
    if (auto checked = check_architecture(config, part, known); !checked) return checked;
  }
  return {};
}

Result<std::string> name_in_meta(const std::filesystem::path& path) {
  const auto bytes = read_file(path);
  if (!bytes) return tl::unexpected(bytes.error());
  rapidjson::Document meta;
  meta.Parse<rapidjson::kParseIterativeFlag>(bytes->data(), bytes->size());
  const auto member = [&](const char* key) -> std::string {
    if (meta.HasParseError() || !meta.IsObject() || !meta.HasMember(key)) return {};
    return meta[key].IsString() ? meta[key].GetString() : "";
  };
  if (member("lang").empty() || member("name").empty() || member("version").empty()) {
    return fail(2009, fmt::format("{} does not name a pipeline", path.string()));
  }
  return fmt::format("{}_{}-{}", member("lang"), member("name"), member("version"));
}

}  // namespace

struct Pipeline::Impl {
  std::string name;
  LexemeNorms norms;
  std::optional<Tokenizer> tokenizer;
  std::optional<Vectors> vectors;
  std::vector<Encoder> encoders;
  std::optional<std::size_t> shared;  ///< The encoder that listeners read.
  std::optional<Tagger> tagger;
  std::optional<Parser> parser;
  std::optional<EntityRecognizer> recognizer;
  std::optional<AttributeRuler> ruler;
  std::optional<Lemmatizer> lemmatizer;
  std::vector<Step> steps;

  Result<void> load(const std::filesystem::path& directory);
  Result<void> load_component(const std::filesystem::path& directory, const Config& config,
                              const std::string& component);
  Result<void> load_transition_component(const std::filesystem::path& directory,
                                         const Config& config, const std::string& component,
                                         bool parses);
  /// The encoder a component listens to, or a new one from its own model.
  Result<Encoder*> encoder_for(const Config& config, const std::string& component,
                               ThincModel& model);
};

struct Pipeline::Scratch::Impl {
  explicit Impl(const LexemeNorms& norms) : lexemes(norms) {}

  LexemeStore lexemes;
  TokenizerCache tokenizer;
  LemmaCache lemmatizer;
  std::vector<Tok2Vec::Scratch> encoders;
  Parser::Scratch parser;
  TransitionModel::Scratch recognizer;
  std::vector<float> tag_scores;
  std::size_t last_tokens = 0;
};

Result<Encoder*> Pipeline::Impl::encoder_for(const Config& config, const std::string& component,
                                             ThincModel& model) {
  const std::string section = "components." + component + ".model.tok2vec";
  if (config.string(section, "@architectures") == "spacy.Tok2VecListener.v1") {
    if (shared) return &encoders[*shared];
    return fail(2012,
                fmt::format("[{}] listens to a tok2vec that does not come before it", section));
  }
  if (auto checked = check_tok2vec(config, section); !checked) {
    return tl::unexpected(checked.error());
  }
  auto own = Tok2Vec::build(model, vectors ? &*vectors : nullptr);
  if (!own) return tl::unexpected(own.error());
  return &encoders.emplace_back(Encoder{std::move(*own)});
}

Result<void> Pipeline::Impl::load_transition_component(const std::filesystem::path& directory,
                                                       const Config& config,
                                                       const std::string& component, bool parses) {
  const std::string section = "components." + component + ".model";
  if (auto known = check_architecture(config, section, "spacy.TransitionBasedParser.v2"); !known) {
    return known;
  }
  auto model = ThincModel::load(directory / component / "model");
  if (!model) return tl::unexpected(model.error());
  auto moves = load_moves(directory / component / "moves");
  if (!moves) return tl::unexpected(moves.error());
  auto encoder = encoder_for(config, component, *model);
  if (!encoder) return tl::unexpected(encoder.error());
  const std::size_t width = (*encoder)->tok2vec.width();
  if (parses) {
    auto built = Parser::build(*model, width, std::move(*moves));
    if (!built) return tl::unexpected(built.error());
    parser = std::move(*built);
    (*encoder)->to_parser = true;
    steps.push_back(Step::kParser);
  } else {
    auto built = EntityRecognizer::build(*model, width, std::move(*moves));
    if (!built) return tl::unexpected(built.error());
    recognizer = std::move(*built);
    (*encoder)->to_recognizer = true;
    steps.push_back(Step::kRecognizer);
  }
  return {};
}

Result<void> Pipeline::Impl::load_component(const std::filesystem::path& directory,
                                            const Config& config, const std::string& component) {
  const std::string section = "components." + component;
  const std::string factory = config.string(section, "factory").value_or("(none)");
  const auto twice = [&] {
    return fail(2013, fmt::format("a second '{}' in one pipeline is not supported", factory));
  };
  if (factory == "tok2vec") {
    if (shared) return twice();
    if (auto known = check_tok2vec(config, section + ".model"); !known) return known;
    auto model = ThincModel::load(directory / component / "model");
    if (!model) return tl::unexpected(model.error());
    auto built = Tok2Vec::build(*model, vectors ? &*vectors : nullptr);
    if (!built) return tl::unexpected(built.error());
    shared = encoders.size();
    encoders.push_back(Encoder{std::move(*built)});
    return {};
  }
  if (factory == "tagger") {
    if (tagger) return twice();
    if (auto known = check_architecture(config, section + ".model", "spacy.Tagger.v2"); !known) {
      return known;
    }
    auto model = ThincModel::load(directory / component / "model");
    if (!model) return tl::unexpected(model.error());
    auto labels = load_labels(directory / component / "cfg");
    if (!labels) return tl::unexpected(labels.error());
    auto encoder = encoder_for(config, component, *model);
    if (!encoder) return tl::unexpected(encoder.error());
    auto built = Tagger::build(*model, (*encoder)->tok2vec.width(), std::move(*labels));
    if (!built) return tl::unexpected(built.error());
    tagger = std::move(*built);
    (*encoder)->to_tagger = true;
    return {};
  }
  if (factory == "parser" || factory == "ner") {
    const bool parses = factory == "parser";
    if (parses ? parser.has_value() : recognizer.has_value()) return twice();
    return load_transition_component(directory, config, component, parses);
  }
  if (factory == "attribute_ruler") {
    if (ruler) return twice();
    auto loaded = AttributeRuler::load(directory / component);
    if (!loaded) return tl::unexpected(loaded.error());
    ruler = std::move(*loaded);
    steps.push_back(Step::kAttributeRuler);
    return {};
  }
  if (factory == "lemmatizer") {
    if (lemmatizer) return twice();
    auto loaded =
        Lemmatizer::load(directory / component, config.string(section, "mode").value_or("lookup"),
                         config.flag(section, "overwrite", false));
    if (!loaded) return tl::unexpected(loaded.error());
    lemmatizer = std::move(*loaded);
    steps.push_back(Step::kLemmatizer);
    return {};
  }
  return fail(2014, fmt::format("component '{}' is made by '{}', which is not supported; supported "
                                "are tok2vec, tagger, parser, ner, attribute_ruler and lemmatizer",
                                component, factory));
}

Result<void> Pipeline::Impl::load(const std::filesystem::path& directory) {
  const auto config = Config::load(directory / "config.cfg");
  if (!config) return tl::unexpected(config.error());
  auto named = name_in_meta(directory / "meta.json");
  if (!named) return tl::unexpected(named.error());
  name = std::move(*named);
  if (config->string("nlp", "lang") != "en") {
    return fail(2015, fmt::format("{}: only English pipelines are supported", directory.string()));
  }
  auto loaded_norms = LexemeNorms::load(directory);
  if (!loaded_norms) return tl::unexpected(loaded_norms.error());
  norms = std::move(*loaded_norms);
  auto loaded_tokenizer = Tokenizer::load(directory);
  if (!loaded_tokenizer) return tl::unexpected(loaded_tokenizer.error());
  tokenizer = std::move(*loaded_tokenizer);

  const auto disabled = config->strings("nlp", "disabled");
  std::vector<std::string> components;
  for (const std::string& component : config->strings("nlp", "pipeline")) {
    if (std::find(disabled.begin(), disabled.end(), component) == disabled.end()) {
      components.push_back(component);
    }
  }
  if (components.empty()) {
    return fail(2016,
                fmt::format("{}: [nlp] lists no pipeline", (directory / "config.cfg").string()));
  }
  const bool wants_vectors =
      std::any_of(components.begin(), components.end(), [&](const std::string& component) {
        const std::string model = "components." + component + ".model";
        return config->flag(model + ".embed", "include_static_vectors", false) ||
               config->flag(model + ".tok2vec.embed", "include_static_vectors", false);
      });
  if (wants_vectors) {
    auto loaded = Vectors::load(directory);
    if (!loaded) return tl::unexpected(loaded.error());
    vectors = std::move(*loaded);
  }
  encoders.reserve(components.size());  // Components point at theirs while loading.
  for (const std::string& component : components) {
    if (auto loaded = load_component(directory, *config, component); !loaded) return loaded;
  }
  return {};
}

Pipeline::Scratch::Scratch(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Pipeline::Scratch::Scratch(Scratch&&) noexcept = default;
Pipeline::Scratch::~Scratch() = default;

Pipeline::Pipeline(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Pipeline::Pipeline(Pipeline&&) noexcept = default;
Pipeline& Pipeline::operator=(Pipeline&&) noexcept = default;
Pipeline::~Pipeline() = default;

Result<Pipeline> Pipeline::load(const std::filesystem::path& directory) {
  auto impl = std::make_unique<Impl>();
  if (auto loaded = impl->load(directory); !loaded) return tl::unexpected(loaded.error());
  return Pipeline(std::move(impl));
}

Pipeline::Scratch Pipeline::make_scratch() const {
  return Scratch(std::make_unique<Scratch::Impl>(impl_->norms));
}

const std::string& Pipeline::name() const { return impl_->name; }

void Pipeline::annotate(std::string_view text, Scratch& scratch, Document& document,
                        const Halt& halt) const {
  if (scratch.impl_->last_tokens > kLargeReport) {
    scratch.impl_ = std::make_unique<Scratch::Impl>(impl_->norms);
    document = {};
  }
  Scratch::Impl& work = *scratch.impl_;
  if (work.lexemes.size() > kMaxLexemes || work.lexemes.bytes() > kMaxLexemeBytes) {
    work.lexemes.clear();
  }
  document.text = text;
  document.tokens.clear();
  document.sentences.clear();
  document.names.clear();
  impl_->tokenizer->tokenize(text, work.tokenizer, work.lexemes, document.tokens);
  const std::span<Token> tokens = document.tokens;
  work.last_tokens = tokens.size();

  if (impl_->parser) impl_->parser->model().start(work.parser.model);
  if (impl_->recognizer) impl_->recognizer->model().start(work.recognizer);
  work.encoders.resize(impl_->encoders.size());
  for (std::size_t e = 0; e < impl_->encoders.size(); ++e) {
    const Encoder& encoder = impl_->encoders[e];
    for (std::size_t begin = 0; begin < tokens.size(); begin += kTokensAtOnce) {
      if (halt.asked()) return;
      const std::size_t end = std::min(tokens.size(), begin + kTokensAtOnce);
      const float* rows =
          encoder.tok2vec.encode(tokens, begin, end, work.lexemes, work.encoders[e]);
      if (encoder.to_tagger) {
        impl_->tagger->annotate(rows, tokens.subspan(begin, end - begin), work.tag_scores);
      }
      if (encoder.to_parser) {
        impl_->parser->model().add(rows, end - begin, work.parser.model);
      }
      if (encoder.to_recognizer) {
        impl_->recognizer->model().add(rows, end - begin, work.recognizer);
      }
    }
  }
  for (const Step step : impl_->steps) {
    if (halt.asked()) return;
    switch (step) {
      case Step::kParser:
        impl_->parser->annotate(document, work.lexemes, work.parser, halt);
        break;
      case Step::kAttributeRuler:
        impl_->ruler->annotate(document, work.lexemes);
        break;
      case Step::kLemmatizer:
        impl_->lemmatizer->annotate(document, work.lemmatizer, work.lexemes);
        break;
      case Step::kRecognizer:
        impl_->recognizer->annotate(document, work.lexemes, work.recognizer, halt);
        break;
    }
  }
  if (!impl_->parser) {
    for (std::uint32_t i = 0; i < tokens.size(); ++i) tokens[i].head = i;
    if (!tokens.empty())
      document.sentences.push_back({0, static_cast<std::uint32_t>(tokens.size())});
  }
  document.index_children();
}

}  // namespace dateline::language
