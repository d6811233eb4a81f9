// SPDX-License-Identifier: Apache-2.0
#include <sys/mman.h>
#include <unistd.h>

#include <stdexcept>
#include <string>

#include "dateline/stream.h"
#include "fuzz/promises.h"
#include "fuzz/targets.h"

namespace dateline::fuzz {

namespace {

/// The bytes as a file that lives in memory.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view bytes) : descriptor_(memfd_create("fuzz", 0)) {
    while (!bytes.empty()) {
      const ssize_t written = write(descriptor_, bytes.data(), bytes.size());
      if (written <= 0) throw std::runtime_error("no memory for a file");
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  ~MemoryFile() { close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

}  // namespace

namespace {

void fuzz_source(std::string_view bytes, SourceFormat format) {
  static const Reader reader = [] {
    ReaderOptions options;
    options.until = Until::kArticle;
    return std::move(Reader::open(options).value());
  }();
  const MemoryFile file(bytes);
  SourceOptions options;
  options.format = format;
  auto source = open_source({file.path()}, options);
  if (!source) throw std::logic_error(source.error().message);
  RunOptions run;
  run.threads = 1;
  std::uint64_t line = 0;
  std::uint64_t delivered = 0;
  const auto summary = read_all(**source, reader, run, [&](Delivery&& delivery) {
    if (delivery.place.line <= line) throw std::logic_error("reports are out of order");
    line = delivery.place.line;
    ++delivered;
    if (delivery.record) require_promises(*delivery.record);
    return true;
  });
  if (!summary) throw std::logic_error(summary.error().message);
  if (summary->read + summary->rejected != delivered) throw std::logic_error("a report was lost");
}

}  // namespace

void fuzz_jsonl(std::string_view bytes) { fuzz_source(bytes, SourceFormat::kJsonLines); }
void fuzz_warc(std::string_view bytes) { fuzz_source(bytes, SourceFormat::kWarc); }

}  // namespace dateline::fuzz
