// Reading one report with its reasons: as Reader does, which row of which table gave a value,
// and which places a name might have meant.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "dateline/reader.h"
#include "knowledge/directory.h"
#include "reading/trace.h"

namespace dateline {

struct Explained {
  Record record;  ///< The same that Reader::read gives.
  reading::Trace trace;
};

class Explainer {
 public:
  static Result<Explainer> open(const ReaderOptions& options);
  Explainer(Explainer&&) noexcept;
  Explainer& operator=(Explainer&&) noexcept;
  ~Explainer();

  Result<Explained> read(const Input& input) const;
  /// Where the tables lie.
  const knowledge::Directory& knowledge() const;

 private:
  struct Impl;
  explicit Explainer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace dateline
