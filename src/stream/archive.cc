// SPDX-License-Identifier: Apache-2.0
#include "stream/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <locale.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <utility>

#include "record/utf8.h"
#include "stream/format.h"

namespace dateline::stream {

namespace {

constexpr int kBadArchive = 1014;
constexpr std::uint64_t kMostArchiveEntries = 1'000'000;
constexpr unsigned kDeepest = 3;  ///< A WACZ in a ZIP in a tar.
/// Pages shrink to a twentieth at best; what unpacks to far more is made to fill a disk or a day.
constexpr std::uint64_t kMostForEachByte = 200;
constexpr std::uint64_t kAlways = 64 * 1024 * 1024;  ///< So much may be made of however little.
constexpr std::size_t kArchivePiece = 64 * 1024;

/// libarchive takes names in the thread's locale, which loses letters where that is "C".
class InUtf8 {
 public:
  InUtf8() : before_(locale() != nullptr ? uselocale(locale()) : nullptr) {}
  ~InUtf8() {
    if (before_ != nullptr) uselocale(before_);
  }
  InUtf8(const InUtf8&) = delete;
  InUtf8& operator=(const InUtf8&) = delete;

 private:
  static locale_t locale() {
    static const locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    return utf8;
  }
  locale_t before_;
};

/// A name as it may be shown.
std::string printable(const char* name) {
  std::string out(name != nullptr ? name : "");
  record::repair_utf8(out);
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
  }
  return out;
}

/// Whether a part of a path is so: "..", a hidden file, a folder that systems put beside files.
template <typename Is>
bool any_part(std::string_view path, Is is) {
  while (true) {
    const std::size_t slash = path.find_first_of("/\\");
    if (is(path.substr(0, slash))) return true;
    if (slash == std::string_view::npos) return false;
    path.remove_prefix(slash + 1);
  }
}

class Archive : public Many {
 public:
  Archive(Bytes bytes, ReportPlace place, const SourceOptions& options, bool is_wacz,
          unsigned depth)
      : bytes_(std::move(bytes)),
        place_(std::move(place)),
        options_(options),
        is_wacz_(is_wacz),
        depth_(depth),
        archive_(archive_read_new(), &archive_read_free) {
    if (!archive_) return;
    archive* const handle = archive_.get();
    archive_read_support_format_zip(handle);
    archive_read_support_format_tar(handle);
    for (const auto support : {archive_read_support_filter_bzip2, archive_read_support_filter_xz}) {
      support(handle);
    }
    // A ZIP lists its entries at its end, where a file can be read from. Whether it is compressed
    // is known once it was looked at.
    bytes_.peek();
    const int descriptor = bytes_.plain_descriptor();
    if (descriptor >= 0 && ::lseek(descriptor, 0, SEEK_SET) == 0) {
      opened_ = archive_read_open_fd(handle, descriptor, kArchivePiece) == ARCHIVE_OK;
    } else {
      opened_ = archive_read_open(handle, this, nullptr, &Archive::give, nullptr) == ARCHIVE_OK;
    }
  }

  std::optional<Found> next() override {
    while (true) {
      if (inner_) {
        if (auto found = inner_->next()) return found;
        inner_.reset();
      }
      if (ended_) return std::nullopt;
      auto found = next_entry();
      gave_any_ = gave_any_ || found || inner_;
      if (found) return found;
    }
  }

 private:
  /// The report of the next entry, or why there is none; nothing where it is passed over, or holds
  /// many.
  std::optional<Found> next_entry() {
    if (depth_ >= kDeepest) {
      return end(fmt::format("archives lie in archives more than {} deep", kDeepest));
    }
    if (!opened_) return end(problem());
    const InUtf8 in_utf8;
    archive_entry* entry = nullptr;
    const int status = archive_read_next_header(archive_.get(), &entry);
    if (status == ARCHIVE_EOF) {
      if (!gave_any_) return end("it holds no report that is told by its name");
      ended_ = true;
      return std::nullopt;
    }
    if (status == ARCHIVE_FATAL) return end(problem());
    if (status == ARCHIVE_RETRY) return std::nullopt;
    if (++entries_ > kMostArchiveEntries)
      return end(fmt::format("it has more than {} entries", kMostArchiveEntries));
    if (archive_entry_filetype(entry) != AE_IFREG) return std::nullopt;
    const char* name = archive_entry_pathname_utf8(entry);
    const std::string path = printable(name != nullptr ? name : archive_entry_pathname(entry));
    ReportPlace place{place_.file + "/" + path, 0};
    const auto is_up = [](std::string_view part) { return part == ".."; };
    if (path.starts_with('/') || any_part(path, is_up)) {
      return Found{
          std::move(place), fail(kBadArchive, "its name leads out of the archive"), {}, {}};
    }
    const auto is_hidden = [](std::string_view part) {
      return (part.starts_with('.') && part != ".") || part == "__MACOSX";
    };
    if (any_part(path, is_hidden) || (is_wacz_ && !path.starts_with("archive/")) ||
        (options_.format == SourceFormat::kAuto && format_of(path) == SourceFormat::kAuto)) {
      return std::nullopt;
    }
    if (archive_entry_is_data_encrypted(entry) != 0) {
      return Found{std::move(place), fail(kBadArchive, "it is encrypted"), {}, {}};
    }
    auto opened =
        open_bytes(Bytes::of([this](char* into, std::size_t size) { return unpack(into, size); }),
                   std::move(place), options_, depth_ + 1);
    inner_ = std::move(opened.many);
    return std::move(opened.one);
  }

  Result<std::size_t> unpack(char* into, std::size_t size) {
    if (ended_) return 0;
    const la_ssize_t got = archive_read_data(archive_.get(), into, size);
    if (got < 0) return fail(kBadArchive, problem());
    unpacked_ += static_cast<std::uint64_t>(got);
    if (is_bomb(unpacked_, static_cast<std::uint64_t>(archive_filter_bytes(archive_.get(), -1)))) {
      ended_ = true;
      return fail(kBadArchive, kBomb);
    }
    return static_cast<std::size_t>(got);
  }

  static bool is_bomb(std::uint64_t made, std::uint64_t stored) {
    return made > kAlways && made / kMostForEachByte > stored;
  }

  /// What libarchive reads where there is no file of its own.
  static la_ssize_t give(archive* handle, void* self, const void** piece) {
    auto& [bytes, given] = static_cast<Archive*>(self)->stored_;
    bytes.skip(std::exchange(given, 0));
    const auto more = bytes.look(1);
    if (!more || is_bomb(bytes.position(), bytes.stored())) {
      archive_set_error(handle, EIO, "%s", more ? kBomb : more.error().message.c_str());
      return -1;
    }
    *piece = more->data();
    given = more->size();
    return static_cast<la_ssize_t>(given);
  }

  std::string problem() const {
    const char* said = archive_ ? archive_error_string(archive_.get()) : "there is no memory";
    return fmt::format("the archive is broken: {}",
                       printable(said != nullptr ? said : "it ends early"));
  }

  Found end(std::string why) {
    ended_ = true;
    return {place_, fail(kBadArchive, std::move(why)), {}, {}};
  }

  static constexpr const char* kBomb =
      "it unpacks to far more than any report: it was made to harm";

  struct Stored {
    Bytes& bytes;
    std::size_t given = 0;
  };

  Bytes bytes_;
  Stored stored_{bytes_};
  ReportPlace place_;
  const SourceOptions options_;
  const bool is_wacz_;
  const unsigned depth_;
  std::unique_ptr<archive, decltype(&archive_read_free)> archive_;
  std::unique_ptr<Many> inner_;  ///< Of the entry being read that holds many.
  bool opened_ = false;
  bool ended_ = false;
  bool gave_any_ = false;
  std::uint64_t entries_ = 0;
  std::uint64_t unpacked_ = 0;
};

}  // namespace

std::unique_ptr<Many> open_archive(Bytes bytes, ReportPlace place, const SourceOptions& options,
                                   bool is_wacz, unsigned depth) {
  return std::make_unique<Archive>(std::move(bytes), std::move(place), options, is_wacz, depth);
}

}  // namespace dateline::stream
