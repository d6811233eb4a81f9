// The country of an address's domain: "GBR" of "https://www.example.co.uk/news".
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "knowledge/countries.h"

namespace dateline::knowledge {

/// The host of an address; empty where it is none.
std::string_view host_of(std::string_view address);

/// Alpha-3 code; empty where the domain is of no country, or is sold for what its letters say.
std::string_view country_of_domain(std::string_view host, const Countries& countries);

}  // namespace dateline::knowledge
