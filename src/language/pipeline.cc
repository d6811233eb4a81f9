// SPDX-License-Identifier: Apache-2.0
#include "language/pipeline.h"

namespace dateline::language {

struct Pipeline::Impl {
  std::string name;
};
struct Pipeline::Scratch::Impl {};

Pipeline::Scratch::Scratch(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Pipeline::Scratch::Scratch(Scratch&&) noexcept = default;
Pipeline::Scratch::~Scratch() = default;
Pipeline::Pipeline(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Pipeline::Pipeline(Pipeline&&) noexcept = default;
Pipeline& Pipeline::operator=(Pipeline&&) noexcept = default;
Pipeline::~Pipeline() = default;

Result<Pipeline> Pipeline::load(const std::filesystem::path&) {
  return Pipeline(std::make_unique<Impl>());
}
Pipeline::Scratch Pipeline::make_scratch() const {
  return Scratch(std::make_unique<Scratch::Impl>());
}
void Pipeline::annotate(std::string_view, Scratch&, Document& document) const {
  document.tokens.clear();
  document.sentences.clear();
  document.names.clear();
}
const std::string& Pipeline::name() const { return impl_->name; }

}  // namespace dateline::language
