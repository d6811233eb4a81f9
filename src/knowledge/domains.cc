// SPDX-License-Identifier: Apache-2.0
#include "knowledge/domains.h"

#include <algorithm>
#include <array>

#include "language/unicode.h"

namespace dateline::knowledge {

namespace {

constexpr std::array<std::string_view, 9> kSold = {"co", "tv", "me", "io", "fm",
                                                   "am", "cc", "ws", "to"};

}  // namespace

std::string_view host_of(std::string_view address) {
  const std::size_t scheme = address.find("://");
  if (scheme == std::string_view::npos) return {};
  address.remove_prefix(scheme + 3);
  return address.substr(0, address.find_first_of("/:?#"));
}

std::string_view country_of_domain(std::string_view host, const Countries& countries) {
  const std::string_view domain = host.substr(host.rfind('.') + 1);
  if (std::find(kSold.begin(), kSold.end(), domain) != kSold.end()) return {};
  const std::string_view ending = domain == "uk" ? "gb" : domain;
  for (const Country& country : countries.all()) {
    if (language::lower_case(country.alpha2) == ending) return country.alpha3;
  }
  return {};
}

}  // namespace dateline::knowledge
