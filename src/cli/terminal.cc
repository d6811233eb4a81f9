// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>

namespace dateline::cli {

bool is_terminal(int descriptor) { return isatty(descriptor) == 1; }

int terminal_width() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 80;
}

bool use_color(Color asked) {
  if (asked != Color::kAuto) return asked == Color::kAlways;
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  return is_terminal(STDOUT_FILENO) && (no_color == nullptr || *no_color == '\0') &&
         (term == nullptr || std::string_view(term) != "dumb");
}

void append_visible(std::string_view text, std::string& out) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == '\r' && text.substr(i + 1).starts_with('\n')) continue;
    if (byte == '\n' || byte == '\t') {
      out += text[i];
    } else if (byte < 0x20 || byte == 0x7F) {
      const int symbol = byte == 0x7F ? 0x21 : byte;  // U+2400..U+2421 is E2 90 80..A1.
      out += {'\xE2', '\x90', static_cast<char>(0x80 + symbol)};
    } else if (byte == 0xC2 && i + 1 < text.size() &&
               static_cast<unsigned char>(text[i + 1]) < 0xA0) {
      out += "\uFFFD";  // C1 controls: U+0080..U+009F.
      ++i;
    } else {
      out += text[i];
    }
  }
}

}  // namespace dateline::cli
