// SPDX-License-Identifier: Apache-2.0
#include <archive.h>
#include <archive_entry.h>
#include <sys/mman.h>
#include <unistd.h>

#include <stdexcept>
#include <string>
#include <utility>

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

const Reader& reader() {
  static const Reader one = [] {
    ReaderOptions options;
    options.until = Until::kArticle;
    options.source_map = true;
    return std::move(Reader::open(options).value());
  }();
  return one;
}

void fuzz_source(std::string_view bytes, SourceFormat format) {
  const MemoryFile file(bytes);
  SourceOptions options;
  options.format = format;
  auto source = open_source({file.path()}, options);
  if (!source) throw std::logic_error(source.error().message);
  RunOptions run;
  run.threads = 1;
  ReportPlace last;
  std::uint64_t delivered = 0;
  const auto summary = read_all(**source, reader(), run, [&](Delivery&& delivery) {
    if (delivery.place.file == last.file && delivery.place.line > 0 &&
        delivery.place.line <= last.line) {
      throw std::logic_error("reports are out of order");
    }
    last = delivery.place;
    ++delivered;
    if (delivery.record) require_promises(*delivery.record);
    return true;
  });
  if (!summary) throw std::logic_error(summary.error().message);
  if (summary->read + summary->rejected != delivered) throw std::logic_error("a report was lost");
}

/// A ZIP of one file that is stored as it is.
std::string zip_of(std::string_view name, std::string_view bytes) {
  std::string out(bytes.size() + 4096, '\0');
  std::size_t used = 0;
  archive* const zip = archive_write_new();
  archive_write_set_format_zip(zip);
  archive_write_zip_set_compression_store(zip);
  archive_write_open_memory(zip, out.data(), out.size(), &used);
  archive_entry* const entry = archive_entry_new();
  archive_entry_set_pathname(entry, std::string(name).c_str());
  archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_write_header(zip, entry);
  archive_write_data(zip, bytes.data(), bytes.size());
  archive_entry_free(entry);
  archive_write_free(zip);
  out.resize(used);
  return out;
}

}  // namespace

void fuzz_jsonl(std::string_view bytes) { fuzz_source(bytes, SourceFormat::kJsonLines); }
void fuzz_warc(std::string_view bytes) { fuzz_source(bytes, SourceFormat::kWarc); }
void fuzz_archive(std::string_view bytes) { fuzz_source(bytes, SourceFormat::kArchive); }
void fuzz_feed(std::string_view bytes) { fuzz_source(bytes, SourceFormat::kFeed); }
void fuzz_office(std::string_view bytes) { fuzz_source(bytes, SourceFormat::kOffice); }
void fuzz_subtitles(std::string_view bytes) { fuzz_source(bytes, SourceFormat::kSubtitles); }

void fuzz_mail(std::string_view bytes) {
  fuzz_source(bytes, SourceFormat::kMail);
  fuzz_source(bytes, SourceFormat::kMailbox);
}

void fuzz_document(std::string_view bytes) {
  fuzz_source(zip_of("word/document.xml", bytes), SourceFormat::kOffice);
  fuzz_source(zip_of("content.xml", bytes), SourceFormat::kOffice);
}

}  // namespace dateline::fuzz
