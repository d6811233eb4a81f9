// SPDX-License-Identifier: Apache-2.0
#include "stream/mailbox.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "stream/mime.h"

namespace dateline::stream {

namespace {

constexpr std::string_view kBegins = "From ";

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
      if (text.starts_with(kBegins)) {
        if (std::exchange(inside_, true)) break;
        continue;
      }
      if (!inside_) {
        if (text.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        ended_ = true;
        ++place_.line;
        return Found{place_, fail(1015, "it does not begin as a file of mails does"), {}, {}};
      }
      const std::size_t quotes = text.find_first_not_of('>');
      if (quotes != std::string_view::npos && quotes > 0 &&
          text.substr(quotes).starts_with(kBegins)) {
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
  bool inside_ = false;  ///< The first "From " was seen.
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<Many> open_mailbox(Bytes bytes, ReportPlace place, const SourceOptions& options) {
  return std::make_unique<Mailbox>(std::move(bytes), std::move(place), options);
}

}  // namespace dateline::stream
