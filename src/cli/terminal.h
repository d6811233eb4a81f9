// What the other end of stdout and stderr is, and text made fit to be shown there.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace dateline::cli {

/// What makes text bold or dim on a terminal, and plain again.
inline constexpr std::string_view kBold = "\x1b[1m", kDim = "\x1b[2m", kPlain = "\x1b[0m";

enum class Color { kAuto, kAlways, kNever };

/// Whether this descriptor is a terminal.
bool is_terminal(int descriptor);

/// Columns of the terminal behind stdout; 80 where it is none or does not say.
int terminal_width();

/// Whether to colour what goes to stdout: as asked, else where it is a terminal, NO_COLOR is unset
/// or empty and TERM is not "dumb".
bool use_color(Color asked);

/// Appends text for a terminal: control characters other than line break and tab, which could
/// drive the terminal, become visible symbols (U+2400 + code; U+FFFD for C1). CRLF is a line break.
void append_visible(std::string_view text, std::string& out);

}  // namespace dateline::cli
