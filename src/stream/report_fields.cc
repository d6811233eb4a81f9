// SPDX-License-Identifier: Apache-2.0
#include "stream/report_fields.h"

#include <utility>

namespace dateline::stream {

namespace {

constexpr std::pair<std::string_view, Field> kNames[] = {
    {"id", Field::kId},           {"text", Field::kText},        {"html", Field::kHtml},
    {"date", Field::kDate},       {"title", Field::kTitle},      {"url", Field::kUrl},
    {"outlet", Field::kOutlet},   {"publisher", Field::kOutlet}, {"licence", Field::kLicence},
    {"license", Field::kLicence},
};

}  // namespace

std::optional<Field> field_called(std::string_view name) {
  for (const auto& [called, field] : kNames) {
    if (name == called) return field;
  }
  return std::nullopt;
}

Beside ReportFields::beside() && {
  return {.date = take(Field::kDate),
          .title = take(Field::kTitle),
          .uri = take(Field::kUrl),
          .publisher = take(Field::kOutlet),
          .licence = take(Field::kLicence)};
}

Result<Input> ReportFields::input() && {
  const bool is_html = !(*this)[Field::kText];
  if (is_html && !(*this)[Field::kHtml]) {
    return fail(1006, "neither \"text\" nor \"html\" is given");
  }
  Input input;
  input.id = take(Field::kId);
  input.bytes = take(is_html ? Field::kHtml : Field::kText);
  input.media_type = is_html ? MediaType::kHtml : MediaType::kText;
  if (is_html) input.charset = "utf-8";
  input.verbatim = true;
  input.date = take(Field::kDate);
  input.title = take(Field::kTitle);
  input.uri = take(Field::kUrl);
  input.beside.publisher = take(Field::kOutlet);
  input.beside.licence = take(Field::kLicence);
  return input;
}

}  // namespace dateline::stream
