// SPDX-License-Identifier: Apache-2.0
#include "explain.h"

#include "article/article.h"
#include "dateline/version.h"
#include "installation.h"
#include "knowledge/digest.h"
#include "knowledge/tables.h"
#include "language/pipeline.h"
#include "reading/components.h"
#include "reading/reading.h"

namespace dateline {

struct Explainer::Impl {
  std::size_t max_bytes = 0;
  knowledge::Directory knowledge;
  article::Tables article_tables;
  language::Pipeline pipeline;
  knowledge::Tables tables;
  reading::Components components;
  ReadBy read_by;
};

Result<Explainer> Explainer::open(const ReaderOptions& options) {
  auto directory = find_knowledge(options.knowledge);
  if (!directory) return tl::unexpected(directory.error());
  auto article_tables = article::Tables::load(*directory);
  if (!article_tables) return tl::unexpected(article_tables.error());
  const auto models = find_pipeline(options.pipeline);
  if (!models) return tl::unexpected(models.error());
  auto pipeline = language::Pipeline::load(*models);
  if (!pipeline) return tl::unexpected(pipeline.error());
  auto tables = knowledge::Tables::load(*directory);
  if (!tables) return tl::unexpected(tables.error());
  const auto gazetteer = find_gazetteer(*directory);
  if (!gazetteer) return tl::unexpected(gazetteer.error());
  auto version = knowledge::digest_of(*directory);
  if (!version) return tl::unexpected(version.error());
  const auto trained = find_components(*directory);
  if (!trained) return tl::unexpected(trained.error());
  auto components = reading::Components::load(*trained, *gazetteer, *directory, options.depth);
  if (!components) return tl::unexpected(components.error());
  auto digest = knowledge::digest_of(*trained, components->places.gazetteer().version(), kMatching);
  if (!digest) return tl::unexpected(digest.error());
  ReadBy read_by{kVersion,
                 pipeline->name(),
                 std::move(*version),
                 std::move(*digest),
                 options.depth == Depth::kExact ? "exact" : "fast",
                 {}};
  return Explainer(std::make_unique<Impl>(
      Impl{options.max_bytes, *directory, std::move(*article_tables), std::move(*pipeline),
           std::move(*tables), std::move(*components), std::move(read_by)}));
}

Explainer::Explainer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Explainer::Explainer(Explainer&&) noexcept = default;
Explainer& Explainer::operator=(Explainer&&) noexcept = default;
Explainer::~Explainer() = default;

Result<Explained> Explainer::read(const Input& input) const {
  auto record = article::read(input, impl_->article_tables, impl_->max_bytes);
  if (!record) return tl::unexpected(record.error());
  std::string converter = std::move(record->read_by.converter);
  record->read_by = impl_->read_by;
  record->read_by.converter = std::move(converter);
  auto scratch = impl_->pipeline.make_scratch();
  language::Document document;
  impl_->pipeline.annotate(record->text, scratch, document);
  for (const language::TokenRange sentence : document.sentences) {
    record->sentences.push_back(document.span(sentence));
  }
  reading::Trace trace;
  std::optional<language::Trunk::Scratch> trunk;
  if (impl_->components.events->trunk) trunk.emplace(*impl_->components.events->trunk);
  reading::read_all(
      {document, impl_->tables, &trace, &impl_->components, trunk ? &*trunk : nullptr}, *record);
  return Explained{std::move(*record), std::move(trace)};
}

const knowledge::Directory& Explainer::knowledge() const { return impl_->knowledge; }

}  // namespace dateline
