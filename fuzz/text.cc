// SPDX-License-Identifier: Apache-2.0
#include <stdexcept>
#include <string>

#include "dateline/reader.h"
#include "fuzz/promises.h"
#include "fuzz/targets.h"
#include "record/utf8.h"

namespace dateline::fuzz {

void fuzz_text(std::string_view bytes) {
  static const Reader reader = [] {
    ReaderOptions options;
    options.until = Until::kArticle;
    return std::move(Reader::open(options).value());
  }();
  Input input;
  input.bytes = bytes;
  for (const bool verbatim : {false, true}) {
    input.verbatim = verbatim;
    const auto record = reader.read(input);
    if (!record) continue;
    require_promises(*record);
    if (verbatim && record::is_utf8(bytes) && record->text != bytes) {
      throw std::logic_error("verbatim text is not what was given");
    }
  }
}

}  // namespace dateline::fuzz
