// SPDX-License-Identifier: Apache-2.0
#include "export/wording.h"

#include <charconv>

namespace dateline::exporting {

namespace {

void append(std::string& all, std::string_view one) {
  if (one.empty()) return;
  if (!all.empty()) all += "; ";
  all += one;
}

std::string how_many(const HowMany& counted) {
  if (counted.value) return number(*counted.value);
  if (!counted.min && !counted.max) return "";
  return (counted.min ? number(*counted.min) : "") + ".." +
         (counted.max ? number(*counted.max) : "");
}

}  // namespace

std::string number(double value) {
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  std::string shortest(digits, end);
  if (shortest.find('e') == std::string::npos) return shortest;
  // People write 1500000, not 1.5e+06.
  char plain[512];
  const auto fixed = std::to_chars(plain, plain + sizeof plain, value, std::chars_format::fixed);
  return fixed.ec == std::errc() && fixed.ptr - plain <= 24 ? std::string(plain, fixed.ptr)
                                                            : shortest;
}

std::string names(const std::vector<Who>& several) {
  std::string all;
  for (const Who& who : several) append(all, who.name);
  return all;
}

std::string numbers_in_words(const std::vector<HowMany>& several) {
  std::string all;
  for (const HowMany& counted : several) append(all, counted.words);
  return all;
}

std::string numbers_counted(const std::vector<HowMany>& several) {
  std::string all;
  for (const HowMany& counted : several) {
    const std::string many = how_many(counted);
    if (!counted.counts.empty() && !many.empty()) append(all, counted.counts + "=" + many);
  }
  return all;
}

std::string voices(const std::vector<Voice>& several) {
  std::string all;
  for (const Voice& voice : several) {
    std::string one = voice.name.empty() ? "unnamed" : voice.name;
    if (!voice.stance.empty() && voice.stance != "asserts") one += " (" + voice.stance + ")";
    for (const std::string& through : voice.via) {
      one += ", via " + (through.empty() ? std::string("unnamed") : through);
    }
    append(all, one);
  }
  return all;
}

}  // namespace dateline::exporting
