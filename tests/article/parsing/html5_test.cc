// The HTML standard's tests of tree construction (tests/article/parsing/html5, html5lib, MIT): the
// text of each page and the order of its elements, as our parser and as the standard's have them.
// docs/quality.md says where they differ and why. SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "article/parsing/page.h"
#include "article/parsing/text.h"

namespace dateline::article {
namespace {

namespace fs = std::filesystem;

struct Case {
  std::string place, data;
  std::vector<std::string> document;  ///< Lines of the tree.
};

/// The cases of a file that are of whole pages without scripts that run.
std::vector<Case> cases_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<Case> cases;
  std::string line, part;
  bool fragment = false, scripted = false;
  Case one;
  const auto close = [&] {
    if (!one.document.empty() && !fragment && !scripted) {
      if (one.data.ends_with('\n')) one.data.pop_back();
      cases.push_back(one);
    }
    one = {};
    fragment = scripted = false;
  };
  for (int number = 1; std::getline(file, line); ++number) {
    if (line == "#data") {
      close();
      one.place = fmt::format("{}:{}", path.filename().string(), number);
    }
    fragment = fragment || line == "#document-fragment";
    scripted = scripted || line == "#script-on";
    if (line.starts_with('#') && (part != "#document" || line == "#data") &&
        (part != "#data" || line == "#errors")) {
      part = line;
    } else if (part == "#data") {
      one.data += line + "\n";
    } else if (part == "#document") {
      one.document.push_back(line);
    }
  }
  close();
  return cases;
}

/// Elements in their order, without those that every page has; text without white space.
struct Content {
  std::vector<std::string> elements;
  std::string text;
};

void add_element(Content& content, std::string name) {
  for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  if (name != "html" && name != "head" && name != "body") content.elements.push_back(name);
}

void add_text(Content& content, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    if (rest.starts_with("\u00A0")) {
      ++i;
    } else if (static_cast<unsigned char>(rest.front()) > ' ') {
      content.text += rest.front();
    }
  }
}

Content wanted(const Case& one) {
  Content content;
  bool in_text = false, in_comment = false;
  for (const std::string& line : one.document) {
    if (in_comment) {
      in_comment = !line.ends_with("-->");
      continue;
    }
    std::string_view rest = line;
    if (in_text || !line.starts_with("| ")) {
      if (!in_text) continue;
      in_text = !rest.ends_with('"');
      add_text(content, in_text ? rest : rest.substr(0, rest.size() - 1));
      continue;
    }
    rest.remove_prefix(std::min(rest.find_first_not_of(" |"), rest.size()));
    if (rest.starts_with("<!--")) {
      in_comment = !rest.ends_with("-->");
    } else if (rest.starts_with('"')) {
      rest.remove_prefix(1);
      in_text = !rest.ends_with('"');
      add_text(content, in_text ? rest : rest.substr(0, rest.size() - 1));
    } else if (rest.starts_with('<') && !rest.starts_with("<!") && !rest.starts_with("<?")) {
      rest = rest.substr(1, rest.size() - 2);
      for (const std::string_view space : {"svg ", "math "}) {
        if (rest.starts_with(space)) rest.remove_prefix(space.size());
      }
      add_element(content, std::string(rest));
    }
  }
  return content;
}

Content read(const Case& one) {
  Content content;
  const Page page(one.data);
  for (std::size_t i = 0; i < page.nodes().size(); ++i) {
    const Node& node = page[i];
    if (node.tag == Tag::kText) {
      PageText text;
      text.append(page.written(i), node.begin, node.literal);
      add_text(content, text.text());
    } else if (node.begin > 0) {
      const std::size_t open = page.html().rfind('<', node.begin - 1);
      add_element(content, page.html().substr(open + 1, node.begin - open - 1));
    }
  }
  return content;
}

std::string joined(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& name : names) all += name + " ";
  return all;
}

TEST(Html5, TreeConstruction) {
  int count = 0, text = 0, order = 0, both = 0;
  std::string differ;
  std::vector<fs::path> files;
  for (const auto& file :
       fs::directory_iterator(fs::path(DATELINE_SOURCE_DIR) / "tests/article/parsing/html5")) {
    if (file.path().extension() == ".dat") files.push_back(file.path());
  }
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    for (const Case& one : cases_of(file)) {
      const Content expected = wanted(one), found = read(one);
      const bool same_text = expected.text == found.text;
      const bool same_order = expected.elements == found.elements;
      ++count;
      text += same_text;
      order += same_order;
      both += same_text && same_order;
      if (same_text && same_order) continue;
      differ +=
          fmt::format("{} {}\n  wanted {}| {}\n  found  {}| {}\n", one.place, one.data,
                      joined(expected.elements), expected.text, joined(found.elements), found.text);
    }
  }
  ASSERT_GT(count, 1000);
  RecordProperty("cases", count);
  RecordProperty("text", text);
  RecordProperty("order", order);
  RecordProperty("both", both);
  EXPECT_GE(text, 1455) << differ;
  EXPECT_GE(order, 1247) << differ;
}

}  // namespace
}  // namespace dateline::article
