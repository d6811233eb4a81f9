// Headlines and names of outlets, which the titles of pages put side by side: "Dockers walk out |
// The Border Post". SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "article/head/head.h"
#include "article/parsing/page.h"

namespace dateline::article {

/// The headline as the head gives it, without the site's name; it may stand otherwise on the page.
std::string stated_title(const PageHead& head);

/// Whether a name is the outlet's, as it calls itself or a little shorter or longer.
bool is_outlet(std::string_view name, std::string_view publisher);

/// A title without the outlet's name before or after it.
std::string without_outlet(const std::string& title, const std::string& publisher);

/// Names of outlets are short.
bool could_be_outlet(std::string_view name);

/// What the window title says beside the headline.
std::string beside_headline(const std::string& window, const std::string& headline);

/// What stands after the last sign in the window title.
std::string tail_of(const std::string& window);

/// The headline on the page where the head means the same one, else what the head says. `headline`:
/// the one that the body goes with, or empty.
std::string title_of(const Page& page, const PageHead& head, const std::string& headline);

}  // namespace dateline::article
