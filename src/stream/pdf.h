// The text of a PDF, by pdftotext of poppler: a program of its own, which reads what anybody wrote
// and is kept small, short and alone (child.h). What it gives is pages, blocks, lines and words
// with their boxes (pdf_pages.h), of which the report's text is made (pdf_text.h).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/halt.h"
#include "dateline/reader.h"

namespace dateline::stream {

class PdfConverter {
 public:
  struct Program {
    std::string path;     ///< Empty where none is installed.
    std::string version;  ///< "pdftotext 22.12.0".
  };
  /// Looked for once, when it is first asked for.
  const Program& program() const;

  Result<Extract> extract(std::string_view bytes, std::size_t limit,
                          std::vector<std::string>& warnings, const Halt& halt) const;

 private:
  mutable std::once_flag once_;
  mutable Program program_;
};

}  // namespace dateline::stream
