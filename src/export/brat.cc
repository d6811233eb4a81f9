// brat's standoff: the text as it is, and beside it a line for each mark (T), event (E) and
// attribute (A).
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "dateline/event_types.h"
#include "export/marked.h"

namespace dateline::exporting {

namespace {

constexpr std::array<std::string_view, 3> kParts = {"Party", "Place", "Day"};

/// The label of what plays a role.
std::string part_of(const std::string& role) {
  if (role == "Actor" || role == "Recipient") return "Party";
  return role == "Place" || role == "Day" ? role : "Number";
}

class Standoff {
 public:
  void add(const MarkedEvent& marked) {
    if (marked.marks.empty()) return;
    const std::string trigger = mark(marked.event->type, marked.marks.front());
    std::string line = fmt::format("E{}\t{}:{}", ++events_, marked.event->type, trigger);
    std::map<std::string, int> used;
    for (std::size_t n = 1; n < marked.marks.size(); ++n) {
      const Mark& part = marked.marks[n];
      const int times = ++used[part.role];
      line += fmt::format(" {}{}:{}", part.role, times > 1 ? std::to_string(times) : "",
                          mark(part_of(part.role), part));
    }
    lines_ += line + "\n";
    attribute("Negated", marked.event->polarity == "negated" ? "" : "no");
    attribute("Status", marked.event->status == "actual" ? "no" : marked.event->status);
    attribute("State", marked.state);
  }

  std::string take() { return std::move(lines_); }

 private:
  /// A stretch under a label, once. A line break divides it: brat has none within a mark.
  std::string mark(const std::string& label, const Mark& mark) {
    const auto [found, is_new] = marks_.try_emplace(std::tuple(label, mark.at.begin, mark.at.end),
                                                    fmt::format("T{}", marks_.size() + 1));
    if (!is_new) return found->second;
    std::string pieces, words;
    std::uint32_t begin = mark.at.begin, at = begin;
    const auto end_piece = [&] {
      if (at > begin) pieces += fmt::format("{}{} {}", pieces.empty() ? "" : ";", begin, at);
    };
    for (const char c : mark.words) {
      if (c == '\n' || c == '\r') {
        end_piece();
        begin = at + 1;
      }
      words += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
      if ((c & 0xC0) != 0x80) ++at;
    }
    end_piece();
    lines_ += fmt::format("{}\t{} {}\t{}\n", found->second, label, pieces, words);
    return found->second;
  }

  void attribute(std::string_view name, const std::string& value) {
    if (value == "no") return;
    lines_ += fmt::format("A{}\t{} E{}{}{}\n", ++attributes_, name, events_,
                          value.empty() ? "" : " ", value);
  }

  std::map<std::tuple<std::string, std::uint32_t, std::uint32_t>, std::string> marks_;
  int events_ = 0, attributes_ = 0;
  std::string lines_;
};

}  // namespace

std::vector<ReportFile> as_brat(const CorrectedReport& report) {
  Standoff standoff;
  for (const MarkedEvent& marked : marked_events(report)) standoff.add(marked);
  return {{".txt", report.report.record.text}, {".ann", standoff.take()}};
}

std::string brat_configuration() {
  std::string text = "[entities]\n";
  for (const std::string_view part : kParts) text += fmt::format("{}\n", part);
  text += "Number\n\n[relations]\n\n[events]\n";
  for (const EventType& type : kEventTypes) {
    text += fmt::format(
        "{}\tActor*:Party, Recipient*:Party, Place*:Place, Day*:Day, Dead*:Number, "
        "Wounded*:Number, Sick*:Number, Missing*:Number, Displaced*:Number, Detained*:Number, "
        "Abducted*:Number, Participants*:Number\n",
        type.name);
  }
  text += "\n[attributes]\nNegated\tArg:<EVENT>\n";
  text += "Status\tArg:<EVENT>, Value:ongoing|planned|alleged|hypothetical\n";
  text += "State\tArg:<EVENT>, Value:machine-read|person-confirmed|person-corrected|person-added\n";
  return text;
}

}  // namespace dateline::exporting
