// The way through, assembled: article, language, reading.
// SPDX-License-Identifier: Apache-2.0
#include "dateline/reader.h"

#include <algorithm>
#include <iterator>
#include <mutex>
#include <utility>
#include <vector>

#include "article/article.h"
#include "dateline/version.h"
#include "installation.h"
#include "knowledge/digest.h"
#include "knowledge/tables.h"
#include "language/pipeline.h"
#include "reading/components.h"
#include "reading/reading.h"

namespace dateline {

namespace {

/// What one thread needs while it reads.
struct Workspace {
  language::Pipeline::Scratch scratch;
  std::optional<language::Trunk::Scratch> trunk;
  language::Document document;
};

void keep_tokens(const language::Document& document, Record& record) {
  auto& tokens = record.tokens.emplace();
  tokens.reserve(document.tokens.size());
  for (const language::Token& token : document.tokens) {
    tokens.push_back({token.span, std::string(token.tag), std::string(token.pos),
                      std::string(token.lemma), std::string(token.dep), token.head});
  }
  auto& names = record.names.emplace();
  for (const language::Name& name : document.names) {
    names.push_back({document.span(name.tokens), std::string(name.label)});
  }
}

/// Keeps what made the text, where something did.
void note_read_by(const ReadBy& read_by, Record& record) {
  std::string converter = std::move(record.read_by.converter);
  record.read_by = read_by;
  record.read_by.converter = std::move(converter);
}

constexpr std::pair<MediaType, std::string_view> kMediaTypes[] = {
    {MediaType::kText, "text"},
    {MediaType::kHtml, "html"},
    {MediaType::kPdf, "pdf"},
    {MediaType::kOffice, "office"},
    {MediaType::kSubtitles, "subtitles"}};

}  // namespace

std::string_view name_of(MediaType type) {
  return std::ranges::find(kMediaTypes, type, [](const auto& one) { return one.first; })->second;
}

std::optional<MediaType> media_type_called(std::string_view name) {
  const auto* const found =
      std::ranges::find(kMediaTypes, name, [](const auto& one) { return one.second; });
  return found == std::end(kMediaTypes) ? std::nullopt : std::optional(found->first);
}

struct Reader::Impl {
  ReaderOptions options;
  ReadBy read_by;
  std::optional<article::Tables> article_tables;
  std::optional<language::Pipeline> pipeline;
  std::optional<knowledge::Tables> tables;
  std::optional<reading::Components> components;

  // Scratch spaces wait here between calls; their caches stay warm.
  std::mutex mutex;
  std::vector<std::unique_ptr<Workspace>> idle;

  std::unique_ptr<Workspace> borrow() {
    {
      const std::lock_guard lock(mutex);
      if (!idle.empty()) {
        auto workspace = std::move(idle.back());
        idle.pop_back();
        return workspace;
      }
    }
    auto made = std::make_unique<Workspace>(Workspace{pipeline->make_scratch(), {}, {}});
    if (components && components->events->trunk) made->trunk.emplace(*components->events->trunk);
    return made;
  }

  void give_back(std::unique_ptr<Workspace> workspace) {
    const std::lock_guard lock(mutex);
    idle.push_back(std::move(workspace));
  }

  void understand(Workspace& workspace, const Halt& halt, Record& record) const {
    const language::Document& document = workspace.document;
    for (const language::TokenRange sentence : document.sentences) {
      record.sentences.push_back(document.span(sentence));
    }
    if (options.tokens) keep_tokens(document, record);
    if (options.until == Until::kReading) {
      reading::read_all({document, *tables, nullptr, &*components,
                         workspace.trunk ? &*workspace.trunk : nullptr, &halt},
                        record);
    }
  }
};

Result<Reader> Reader::open(const ReaderOptions& options) {
  auto impl = std::make_unique<Impl>();
  impl->options = options;
  impl->read_by.engine = kVersion;
  auto directory = find_knowledge(options.knowledge);
  if (!directory) return tl::unexpected(directory.error());
  auto article_tables = article::Tables::load(*directory);
  if (!article_tables) return tl::unexpected(article_tables.error());
  impl->article_tables = std::move(*article_tables);
  auto version = knowledge::digest_of(*directory);
  if (!version) return tl::unexpected(version.error());
  impl->read_by.knowledge = std::move(*version);
  if (options.until >= Until::kLanguage) {
    auto models = find_pipeline(options.pipeline);
    if (!models) return tl::unexpected(models.error());
    auto pipeline = language::Pipeline::load(*models);
    if (!pipeline) return tl::unexpected(pipeline.error());
    impl->pipeline = std::move(*pipeline);
    impl->read_by.pipeline = impl->pipeline->name();
  }
  if (options.until >= Until::kReading) {
    auto tables = knowledge::Tables::load(*directory);
    if (!tables) return tl::unexpected(tables.error());
    impl->tables = std::move(*tables);
    auto trained = find_components(*directory);
    if (!trained) return tl::unexpected(trained.error());
    auto gazetteer = find_gazetteer(*directory);
    if (!gazetteer) return tl::unexpected(gazetteer.error());
    auto components = reading::Components::load(*trained, *gazetteer, *directory, options.depth);
    if (!components) return tl::unexpected(components.error());
    impl->components.emplace(std::move(*components));
    auto digest =
        knowledge::digest_of(*trained, impl->components->places.gazetteer().version(), kMatching);
    if (!digest) return tl::unexpected(digest.error());
    impl->read_by.components = std::move(*digest);
    impl->read_by.reading = options.depth == Depth::kExact ? "exact" : "fast";
  }
  return Reader(std::move(impl));
}

Reader::Reader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;
Reader::~Reader() = default;

Result<Record> Reader::read(const Input& input, const Halt& halt) const {
  auto record = article::read(input, *impl_->article_tables, impl_->options.max_bytes,
                              impl_->options.source_map);
  if (!record) return record;
  note_read_by(impl_->read_by, *record);
  if (impl_->options.until == Until::kArticle) return record;

  auto workspace = impl_->borrow();
  language::Document& document = workspace->document;
  impl_->pipeline->annotate(record->text, workspace->scratch, document, halt);
  if (!halt.asked()) impl_->understand(*workspace, halt, *record);
  impl_->give_back(std::move(workspace));
  if (halt.stopped()) return fail(1012, "reading it was stopped");
  if (halt.asked()) return fail(1012, "reading it takes longer than it may (--time-limit)");
  return record;
}

const ReadBy& Reader::read_by() const { return impl_->read_by; }

std::size_t Reader::max_bytes() const { return impl_->options.max_bytes; }

}  // namespace dateline
