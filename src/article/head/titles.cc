// SPDX-License-Identifier: Apache-2.0
#include "article/head/titles.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "article/ascii.h"
#include "article/white_space.h"

namespace dateline::article {

namespace {

constexpr std::array<std::string_view, 10> kBreaks = {
    " | ",      " - ",      " \u2013 ", " \u2014 ", " \u00BB ",
    " \u00AB ", " \u00B7 ", " :: ",     " \u2022 ", ": "};

/// Words that a site's name after a headline has at most, where nothing says that it is one. 2 to 8
/// make no difference to WCXB's titles.
constexpr std::size_t kSiteWords = 4;

/// The headline in a window title: without the site's name before or after it.
std::string without_site(const std::string& window_title, const std::string& publisher) {
  if (std::string bare = without_outlet(window_title, publisher); bare != window_title) return bare;
  for (const std::string_view between : kBreaks) {
    const std::size_t last = window_title.rfind(between);
    if (last == std::string::npos || between == ": ") continue;
    // A site's name is shorter than a headline.
    if (count_words(window_title.substr(last + between.size())) <= kSiteWords &&
        window_title.size() - last < last) {
      return window_title.substr(0, last);
    }
  }
  return window_title;
}

/// The words of a title, sorted, in lower case.
std::vector<std::string> words_of(const std::string& title) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : title + " ") {
    if (is_alnum(c) || (c & 0x80) != 0) {
      word += lower(c);
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  std::sort(words.begin(), words.end());
  return words;
}

/// How like each other two titles are: F1 of their words.
double likeness(const std::string& a, const std::string& b) {
  const std::vector<std::string> one = words_of(a), other = words_of(b);
  if (one.empty() || other.empty()) return 0;
  const auto shared = [](const auto& words, const auto& with) {
    return std::count_if(words.begin(), words.end(), [&](const std::string& word) {
      return std::binary_search(with.begin(), with.end(), word);
    });
  };
  return static_cast<double>(shared(one, other) + shared(other, one)) /
         static_cast<double>(one.size() + other.size());
}

// Swept on the titles of WCXB and readability, of which .898 and .821 are right.
constexpr double kSame = 0.2;  ///< An <h1> less like the stated title is a section's or the site's.
constexpr double kMore = 0.2;  ///< Another <h1> must be so much more like it than the first.
constexpr std::size_t kMostHeadings = 50;     ///< That are looked at; hostile pages have millions.
constexpr std::size_t kLongestHeading = 400;  ///< Bytes.

}  // namespace

// Of 457 pages that state theirs .01 fewer are read as stated with 5
// words and as many more with 8; 45 to 100 bytes make no difference.
bool could_be_outlet(std::string_view name) {
  return name.size() >= 2 && name.size() <= 60 && count_words(name) <= 8;
}

std::string beside_headline(const std::string& window, const std::string& headline) {
  for (const std::string_view between : kBreaks) {
    const std::size_t first = window.find(between), last = window.rfind(between);
    if (first == std::string::npos) continue;
    if (same_headline(window.substr(first + between.size()), headline)) {
      return window.substr(0, first);
    }
    if (same_headline(window.substr(0, last), headline))
      return window.substr(last + between.size());
    if (same_headline(window.substr(0, first), headline)) {
      return window.substr(last + between.size());
    }
  }
  return {};
}

std::string tail_of(const std::string& window) {
  std::size_t at = 0;
  for (const std::string_view between : kBreaks) {
    if (between == ": ") continue;
    if (const std::size_t last = window.rfind(between); last != std::string::npos) {
      at = std::max(at, last + between.size());
    }
  }
  return at == 0 || count_words(std::string_view(window).substr(at)) > kSiteWords
             ? std::string()
             : window.substr(at);
}

bool is_outlet(std::string_view name, std::string_view publisher) {
  if (publisher.empty()) return false;
  const std::size_t words = count_words(name), known = count_words(publisher);
  if (words < 2 || known < 2 || words == known) return same_headline(name, publisher);
  // "Harbour Gazette" of "Harbour Gazette Lagos"; "Harbour Gazette beta".
  const auto first_words = [](std::string_view text, std::size_t count) {
    std::size_t at = 0;
    while (count-- > 0) at = std::min(text.find(' ', at + 1), text.size());
    return text.substr(0, at);
  };
  if (words > known + 1) return false;
  return words < known ? same_headline(name, first_words(publisher, words))
                       : same_headline(first_words(name, known), publisher);
}

std::string stated_title(const PageHead& head) {
  for (const std::string& title : {head.title, head.window_title}) {
    std::string bare = without_site(title, head.publisher);
    if (!bare.empty() && !is_outlet(bare, head.publisher)) return bare;
  }
  return without_site(head.title.empty() ? head.window_title : head.title, head.publisher);
}

std::string without_outlet(const std::string& title, const std::string& publisher) {
  for (const std::string_view between : kBreaks) {
    const std::size_t last = title.rfind(between);
    if (last == std::string::npos) continue;
    if (is_outlet(std::string_view(title).substr(last + between.size()), publisher)) {
      return title.substr(0, last);
    }
    const std::size_t first = title.find(between);
    if (is_outlet(std::string_view(title).substr(0, first), publisher)) {
      return title.substr(first + between.size());
    }
  }
  return title;
}

std::string title_of(const Page& page, const PageHead& head, const std::string& headline) {
  const std::string stated = stated_title(head);
  const auto fit_of = [&](const std::string& heading) {
    if (is_outlet(heading, head.publisher)) return -1.0;
    if (stated.empty()) return 1.0;
    return std::max(likeness(heading, stated), likeness(heading, head.window_title));
  };
  std::string best = headline;
  double fit = headline.empty() ? 0 : fit_of(headline);
  std::size_t seen = 0;
  for (std::size_t at = 0; at < page.nodes().size() && seen < kMostHeadings; ++at) {
    if (page[at].tag != Tag::kH1) continue;
    ++seen;
    if (page[at].end - at > kLongestHeading) continue;
    std::string heading = text_of(page, at);
    if (heading.empty() || heading.size() > kLongestHeading) continue;
    if (const double other = fit_of(heading); other > fit + kMore) {
      fit = other;
      best = std::move(heading);
    }
  }
  if (fit < kSame) return stated;
  best = without_outlet(best, head.publisher);
  // "Opinion: Dockers walk out", "Dockers walk out | Opinion" where the head has it without.
  for (const std::string_view sign : {" | ", ": "}) {
    const std::size_t at = best.find(sign);
    if (at == std::string::npos) continue;
    if (same_headline(best.substr(0, at), stated) ||
        same_headline(best.substr(at + sign.size()), stated)) {
      return stated;
    }
  }
  return best;
}

}  // namespace dateline::article
