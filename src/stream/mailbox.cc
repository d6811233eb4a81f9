// SPDX-License-Identifier: Apache-2.0
#include "stream/mailbox.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "stream/mime.h"

namespace dateline::stream {

namespace {

constexpr std::string_view kMailBegins = "From ";

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

/// "From office@harbour.example Tue Mar 10 23:30:00 2026", not "From the quay nothing was left.",
/// which not every program quotes: it names an address, "-", or a time with seconds.
bool begins_mail(std::string_view line) {
  if (!line.starts_with(kMailBegins)) return false;
  const std::string_view sender =
      line.substr(kMailBegins.size(), line.find(' ', kMailBegins.size()) - kMailBegins.size());
  const std::size_t colon = line.find(':');
  return sender == "-" || sender.find('@') != std::string_view::npos ||
         (colon != std::string_view::npos && line.substr(colon + 3).starts_with(':'));
}

class Mailbox : public Many {
 public:
  Mailbox(Bytes bytes, ReportPlace place, const SourceOptions& options)
      : bytes_(std::move(bytes)), place_(std::move(place)), options_(options) {}

  std::optional<Found> next() override {
    if (ended_) return std::nullopt;
    std::string mail;
    bool too_long = false;
    const std::uint64_t begin = bytes_.position();
    while (true) {
      const auto line = bytes_.next_line(options_.max_bytes);
      if (!line) {
        ended_ = true;
        ++place_.line;
        return Found{place_, tl::unexpected(line.error()), {}, {}};
      }
      if (!*line) {
        ended_ = true;
        break;
      }
      std::string_view text = (*line)->text;
      const bool after_blank = std::exchange(after_blank_, is_blank(text));
      if (!inside_ ? text.starts_with(kMailBegins) : after_blank && begins_mail(text)) {
        if (std::exchange(inside_, true)) break;
        continue;
      }
      if (!inside_) {
        if (is_blank(text)) continue;
        ended_ = true;
        ++place_.line;
        return Found{place_, fail(1015, "it does not begin as a file of mails does"), {}, {}};
      }
      const std::size_t quotes = text.find_first_not_of('>');
      if (quotes != std::string_view::npos && quotes > 0 &&
          text.substr(quotes).starts_with(kMailBegins)) {
        text.remove_prefix(1);
      }
      too_long = too_long || (*line)->too_long || mail.size() + text.size() > options_.max_bytes;
      if (!too_long) mail.append(text) += '\n';
    }
    if (!inside_) return std::nullopt;
    ++place_.line;
    const std::uint64_t size = bytes_.position() - begin;
    if (too_long) {
      return Found{place_,
                   fail(1001, fmt::format("the mail has more than the {} bytes that are read at "
                                          "most (--max-bytes)",
                                          options_.max_bytes)),
                   {},
                   {},
                   size};
    }
    auto report = report_of_mail(mail);
    if (!report) return Found{place_, tl::unexpected(std::move(report.error())), {}, {}, size};
    if (report->input.date.empty()) report->input.date_from.clear();
    return Found{place_, std::move(report->input), std::move(report->warnings), {}, size};
  }

 private:
  Bytes bytes_;
  ReportPlace place_;
  const SourceOptions options_;
  bool inside_ = false;       ///< The first "From " was seen.
  bool after_blank_ = false;  ///< The line before was.
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<Many> open_mailbox(Bytes bytes, ReportPlace place, const SourceOptions& options) {
  return std::make_unique<Mailbox>(std::move(bytes), std::move(place), options);
}

}  // namespace dateline::stream
