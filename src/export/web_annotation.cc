// W3C Web Annotations (JSON-LD): an annotation for each claim, whose target is the words in the
// report that it was read from: quoted with what stands around them, and counted in code points of
// the text. What was read from no words has no target, and so no annotation.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

#include "export/claims.h"
#include "export/json_line.h"
#include "export/wording.h"
#include "export/writers.h"

namespace dateline::exporting {

namespace {

/// The words of a text, and what stands before and behind them.
struct Quote {
  std::string_view prefix, exact, suffix;
};

/// Nothing where the text is shorter than it was: the report was read anew meanwhile.
std::optional<Quote> quote_of(const std::string& text, const record::Bytes& bytes,
                              CodePointSpan at) {
  constexpr std::uint32_t kAround = 32;
  const auto begin = bytes.at(at.begin), end = bytes.at(at.end);
  if (!begin || !end || *begin >= *end) return std::nullopt;
  const std::uint32_t before = *bytes.at(at.begin - std::min(at.begin, kAround));
  const std::uint32_t behind =
      bytes.at(at.end + kAround).value_or(static_cast<std::uint32_t>(text.size()));
  const std::string_view all = text;
  return Quote{all.substr(before, *begin - before), all.substr(*begin, *end - *begin),
               all.substr(*end, behind - *end)};
}

/// Writes what no name of this kind may hold as %20.
std::string percent_encoded(std::string_view text, std::string_view unfit) {
  std::string made;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_unfit = byte <= 0x20 || byte == 0x7F || unfit.find(c) != std::string_view::npos;
    made += is_unfit ? fmt::format("%{:02X}", byte) : std::string(1, c);
  }
  return made;
}

/// What a report is known by to others: its address, else a name made of its id.
std::string source_iri(const ReportRef& report) {
  constexpr std::string_view kNoIri = "<>\"{}|\\^`", kNoName = "<>\"{}|\\^`:/?#[]@%";
  return report.uri.find("://") != std::string::npos
             ? percent_encoded(report.uri, kNoIri)
             : "urn:dateline:report:" + percent_encoded(report.id, kNoName);
}

/// What the claim says beside its value, in words.
std::string note(const Claim& claim) {
  std::string text = fmt::format("{} of {}", claim.field, claim.happening->id);
  const auto add = [&](std::string_view what, const std::string& said) {
    if (!said.empty()) text += fmt::format("; {}{}", what, said);
  };
  if (claim.number != nullptr && claim.number->qualifier != "exact") {
    add("", claim.number->qualifier);
  }
  if (claim.where != nullptr) add("known to its ", claim.where->precision);
  if (claim.field == "day" && claim.mention->day_from != "text") {
    add("day from ", claim.mention->day_from);
  }
  if (claim.mention->polarity == "negated") add("", "denied");
  if (claim.mention->status != "actual") add("", claim.mention->status);
  add("according to ", voices(claim.mention->according_to));
  add("told by ", source_of(claim.mention));
  return text;
}

class WebAnnotation : public Writer {
 public:
  void begin(std::string& out) override {
    out +=
        "{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"id\":\"urn:dateline:annotations\","
        "\"type\":\"AnnotationPage\",\"items\":[\n";
  }

  std::size_t add(const Happening& happening, std::string& out) override {
    std::size_t rows = 0;
    const std::string* text = nullptr;
    std::optional<record::Bytes> bytes;
    each_claim(happening, [&](const Claim& claim) {
      if (claim.words.empty()) return;
      if (text != claim.mention->report.text.get()) {
        text = claim.mention->report.text.get();
        bytes.emplace(*text);
      }
      const auto quote = quote_of(*text, *bytes, claim.at);
      if (!quote) return;
      if (!is_first_) out += ',';
      is_first_ = false;
      append(claim, *quote, out);
      ++rows;
    });
    return rows;
  }

  void end(std::string& out) override { out += "]}\n"; }

 private:
  static void append(const Claim& claim, const Quote& quote, std::string& out) {
    JsonLine line(out);
    line.known("id", fmt::format("urn:dateline:{}:{}:{}:{}", claim.happening->id,
                                 claim.mention->handle, claim.field, claim.at.begin));
    line.known("type", "Annotation");
    line.known("motivation", "identifying");
    const auto body = [&](std::string_view purpose, const std::string& value) {
      return [&line, purpose, value] {
        line.known("type", "TextualBody");
        line.known("purpose", purpose);
        line.known("format", "text/plain");
        line.known("value", value);
      };
    };
    const auto quoted = [&] {
      line.known("type", "TextQuoteSelector");
      line.known("exact", quote.exact);
      line.known("prefix", quote.prefix);
      line.known("suffix", quote.suffix);
    };
    const auto positioned = [&] {
      line.known("type", "TextPositionSelector");
      line.whole("start", claim.at.begin);
      line.whole("end", claim.at.end);
    };
    const auto write = [](const std::function<void()>& one) { one(); };
    using Two = std::array<std::function<void()>, 2>;
    line.objects("body",
                 Two{body("tagging", fmt::format("{}={}", claim.field, claim.value)),
                     body("describing", note(claim))},
                 write);
    line.object("target", [&] {
      line.known("source", source_iri(claim.mention->report));
      line.objects("selector", Two{quoted, positioned}, write);
    });
  }

  bool is_first_ = true;
};

}  // namespace

Result<std::unique_ptr<Writer>> open_web_annotation(const std::string&) {
  return std::make_unique<WebAnnotation>();
}

}  // namespace dateline::exporting
