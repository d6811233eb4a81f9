// A spaCy v3.7/3.8 CNN pipeline, loaded from its own directory and run natively.
//
// The pipeline is immutable and shared by all threads; what one thread needs to work (buffers,
// bounded caches of per-word results) lies in its Scratch.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "dateline/halt.h"
#include "dateline/result.h"
#include "language/document.h"

namespace dateline::language {

class Pipeline {
 public:
  /// One thread's working space for one pipeline.
  class Scratch {
   public:
    ~Scratch();
    Scratch(Scratch&&) noexcept;

   private:
    friend class Pipeline;
    struct Impl;
    explicit Scratch(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
  };

  /// Loads a pipeline directory (config.cfg, meta.json, tokenizer, ...). A missing, altered or
  /// unknown part is an error that names it.
  static Result<Pipeline> load(const std::filesystem::path& directory);

  Pipeline(Pipeline&&) noexcept;
  Pipeline& operator=(Pipeline&&) noexcept;
  ~Pipeline();

  Scratch make_scratch() const;

  /// Annotates `text` (valid UTF-8; both it and `scratch` must outlive the document). Where `halt`
  /// asks for it, soon ends with whatever it has: the document is then of no use.
  void annotate(std::string_view text, Scratch& scratch, Document& document,
                const Halt& halt = {}) const;

  /// "en_core_web_sm-3.8.0", from meta.json.
  const std::string& name() const;

 private:
  struct Impl;
  explicit Pipeline(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace dateline::language
