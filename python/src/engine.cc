// dateline._engine: the public C++ API for Python, as thin as it can be.
//
// What crosses the border is bytes in and JSON out; the Python side makes dicts of it. The
// interpreter's lock is released while the engine works, so threads read side by side. A failed
// Result becomes dateline.Error(code, message, offset).
// SPDX-License-Identifier: Apache-2.0
#include <nanobind/nanobind.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "border.h"
#include "chronicle/filter_options.h"
#include "dateline/chronicle.h"
#include "dateline/reader.h"
#include "dateline/stream.h"
#include "dateline/version.h"
#include "export/formats.h"
#include "export/json_lines.h"
#include "export/sheet.h"

namespace nb = nanobind;
using namespace nb::literals;

namespace {

using dateline::python::bytes_of;
using dateline::python::Failure;
using dateline::python::value_of;

dateline::Until until_of(const std::string& name) {
  if (name == "article") return dateline::Until::kArticle;
  if (name == "language") return dateline::Until::kLanguage;
  if (name == "reading") return dateline::Until::kReading;
  throw nb::value_error("until is \"article\", \"language\" or \"reading\"");
}

constexpr std::pair<const char*, dateline::SourceFormat> kFormats[] = {
    {"", dateline::SourceFormat::kAuto},     {"text", dateline::SourceFormat::kText},
    {"html", dateline::SourceFormat::kHtml}, {"mhtml", dateline::SourceFormat::kMhtml},
    {"mail", dateline::SourceFormat::kMail}, {"office", dateline::SourceFormat::kOffice},
    {"pdf", dateline::SourceFormat::kPdf},   {"subtitles", dateline::SourceFormat::kSubtitles}};

dateline::SourceFormat format_called(const std::string& wanted) {
  for (const auto& [name, format] : kFormats) {
    if (wanted == name) return format;
  }
  throw nb::value_error("media_type is text, html, mhtml, mail, office, pdf or subtitles");
}

dateline::Depth depth_of(const std::string& name) {
  if (name == "exact") return dateline::Depth::kExact;
  if (name == "fast") return dateline::Depth::kFast;
  throw nb::value_error("reading is \"exact\" or \"fast\"");
}

dateline::Reader open_reader(const std::string& pipeline, const std::string& knowledge,
                             const std::string& until, const std::string& reading, bool tokens,
                             std::size_t max_bytes) {
  const dateline::ReaderOptions options{.pipeline = pipeline,
                                        .knowledge = knowledge,
                                        .until = until_of(until),
                                        .depth = depth_of(reading),
                                        .tokens = tokens,
                                        .max_bytes = max_bytes};
  const nb::gil_scoped_release unlocked;
  return value_of(dateline::Reader::open(options));
}

nb::bytes read_json(const dateline::Reader& reader, nb::bytes report, const std::string& id,
                    const std::string& media_type, bool verbatim, const std::string& date,
                    const std::string& title, const std::string& uri, const std::string& outlet) {
  dateline::Input input;
  input.id = id;
  input.bytes = std::string(report.c_str(), report.size());
  const dateline::SourceFormat format = format_called(media_type);
  input.verbatim = verbatim;
  input.date = date;
  input.title = title;
  input.uri = uri;
  input.beside.publisher = outlet;
  std::string json;
  {
    const nb::gil_scoped_release unlocked;
    dateline::append_json(value_of(dateline::read_one(std::move(input), format, reader)), json);
  }
  return bytes_of(json);
}

dateline::Chronicle open_chronicle(const std::string& path) {
  const nb::gil_scoped_release unlocked;
  return value_of(dateline::Chronicle::open(path));
}

using Given = std::vector<std::pair<std::string, std::string>>;

/// By the names and in the form of the command line's options.
dateline::Filter filter_of(const Given& given, std::size_t limit) {
  dateline::Filter filter;
  filter.limit = limit;
  for (const auto& [name, value] : given) {
    const auto options = dateline::chronicle::filter_options();
    const auto option = std::ranges::find(options, name, &dateline::chronicle::FilterOption::name);
    if (option == options.end()) throw nb::value_error("there is no such filter");
    if (auto mistake = option->set(filter, value)) throw Failure{std::move(*mistake)};
  }
  return filter;
}

nb::bytes timeline(const dateline::Chronicle& chronicle, const dateline::Filter& filter) {
  std::string lines;
  {
    const nb::gil_scoped_release unlocked;
    value_of(chronicle.timeline(filter, [&](const dateline::TimelineEvent& event) {
      dateline::exporting::append_json_line(event, lines);
      return true;
    }));
  }
  return bytes_of(lines);
}

nb::bytes search(const dateline::Chronicle& chronicle, const std::string& words,
                 const dateline::Filter& filter) {
  std::string lines;
  {
    const nb::gil_scoped_release unlocked;
    for (const dateline::SearchHit& found : value_of(chronicle.search(words, filter))) {
      dateline::exporting::append_json_line(found, lines);
    }
  }
  return bytes_of(lines);
}

nb::bytes report(const dateline::Chronicle& chronicle, const std::string& name) {
  std::string json;
  {
    const nb::gil_scoped_release unlocked;
    dateline::append_json(value_of(chronicle.show(name)).record, json);
  }
  return bytes_of(json);
}

nb::bytes page(const dateline::Chronicle& chronicle, const std::string& name) {
  std::string bytes;
  {
    const nb::gil_scoped_release unlocked;
    bytes = value_of(chronicle.page(name)).bytes;
  }
  return bytes_of(bytes);
}

constexpr std::pair<const char*, dateline::TollRule> kTollRules[] = {
    {"latest-official", dateline::TollRule::kLatestOfficial},
    {"conservative", dateline::TollRule::kConservative},
    {"most-told", dateline::TollRule::kMostTold}};

/// Happenings on their way into a format.
struct Export {
  const dateline::exporting::Format* format;
  std::unique_ptr<dateline::exporting::Writer> writer;
  dateline::HappeningFilter filter;
};

Export open_export(const std::string& format, const std::string& knowledge,
                   const dateline::Filter& filter, bool background, const std::string& tolls) {
  const auto* found = value_of(dateline::exporting::format_called(format));
  Export made{found, value_of(found->open(knowledge)), {filter, background}};
  made.filter.texts = found->texts;
  for (const auto& [name, rule] : kTollRules) {
    if (tolls != name) continue;
    made.filter.tolls = rule;
    return made;
  }
  throw nb::value_error("tolls is \"latest-official\", \"conservative\" or \"most-told\"");
}

/// Calls `add` with each happening, without the interpreter's lock. What it throws is thrown once
/// the store is let go.
void each_happening(const Export& made, const dateline::Chronicle& chronicle,
                    const std::function<void(const dateline::Happening&)>& add) {
  const nb::gil_scoped_release unlocked;
  std::exception_ptr thrown;
  value_of(chronicle.happenings(made.filter, [&](const dateline::Happening& happening) {
    try {
      add(happening);
    } catch (...) {
      thrown = std::current_exception();
    }
    return thrown == nullptr;
  }));
  if (thrown != nullptr) std::rethrow_exception(thrown);
}

/// Gives the format's bytes to write(bytes), piece by piece; returns how many rows they hold.
std::size_t export_bytes(Export& made, const dateline::Chronicle& chronicle,
                         const nb::callable& write) {
  constexpr std::size_t kPiece = 256 * 1024;
  std::size_t rows = 0;
  std::string piece;
  made.writer->begin(piece);
  each_happening(made, chronicle, [&](const dateline::Happening& happening) {
    rows += made.writer->add(happening, piece);
    if (piece.size() < kPiece) return;
    const nb::gil_scoped_acquire locked;
    write(bytes_of(piece));
    piece.clear();
  });
  made.writer->end(piece);
  write(bytes_of(piece));
  return rows;
}

dateline::exporting::Sheet& sheet_of(Export& made) {
  auto* sheet = dynamic_cast<dateline::exporting::Sheet*>(made.writer.get());
  if (sheet == nullptr)
    throw nb::value_error("only a sheet has columns: csv, claims, plover, acled");
  return *sheet;
}

/// [(name, whether it holds numbers)]
nb::list columns(Export& made) {
  nb::list all;
  for (const auto& head : sheet_of(made).heads()) {
    all.append(nb::make_tuple(std::string(head.name), head.is_number));
  }
  return all;
}

/// A text that says nothing is None.
nb::object object_of(const dateline::exporting::Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) {
    return text->empty() ? nb::none() : nb::object(nb::str(text->data(), text->size()));
  }
  const auto number = std::get<dateline::exporting::Number>(cell);
  return number ? nb::object(nb::float_(*number)) : nb::none();
}

/// Gives the sheet's rows to visit([[cell, ...], ...]), some thousand at a time.
void export_rows(Export& made, const dateline::Chronicle& chronicle, const nb::callable& visit) {
  constexpr std::size_t kAtOnce = 4096;
  dateline::exporting::Sheet& sheet = sheet_of(made);
  std::vector<std::vector<dateline::exporting::Cell>> rows;
  const auto give = [&] {
    nb::list all;
    for (const auto& row : rows) {
      nb::list cells;
      for (const auto& cell : row) cells.append(object_of(cell));
      all.append(cells);
    }
    rows.clear();
    visit(all);
  };
  each_happening(made, chronicle, [&](const dateline::Happening& happening) {
    sheet.add_cells(happening, rows);
    if (rows.size() < kAtOnce) return;
    const nb::gil_scoped_acquire locked;
    give();
  });
  give();
}

/// `make` is what makes an exception of an error's code, message and offset.
void translate(const std::exception_ptr& thrown, void* make) {
  try {
    std::rethrow_exception(thrown);
  } catch (const Failure& failure) {
    const dateline::Error& error = failure.error;
    nb::object offset = error.offset ? nb::object(nb::int_(*error.offset)) : nb::none();
    const nb::object exception =
        nb::handle(static_cast<PyObject*>(make))(error.code, error.message, offset);
    PyErr_SetObject(exception.type().ptr(), exception.ptr());
  }
}

}  // namespace

NB_MODULE(_engine, module) {
  nb::set_leak_warnings(false);  // A thread that outlives the interpreter keeps its reader.
  nb::object make = nb::module_::import_("dateline._error").attr("error_of");
  nb::register_exception_translator(translate, make.release().ptr());  // Lives as long as we do.
  module.attr("version") = dateline::kVersion;

  nb::class_<dateline::Reader>(module, "Reader")
      .def_static("open", &open_reader, "pipeline"_a, "knowledge"_a, "until"_a, "reading"_a,
                  "tokens"_a, "max_bytes"_a)
      .def("read_json", &read_json, "report"_a, "id"_a, "media_type"_a, "verbatim"_a, "date"_a,
           "title"_a, "uri"_a, "outlet"_a);

  nb::class_<dateline::Filter>(module, "Filter")
      .def(
          "__init__",
          [](dateline::Filter* self, const Given& given, std::size_t limit) {
            new (self) dateline::Filter(filter_of(given, limit));
          },
          "given"_a, "limit"_a);
  auto chronicle = nb::class_<dateline::Chronicle>(module, "Chronicle")
                       .def_static("open", &open_chronicle, "path"_a)
                       .def("timeline", &timeline, "filter"_a)
                       .def("search", &search, "words"_a, "filter"_a)
                       .def("report", &report, "name"_a)
                       .def("page", &page, "name"_a);
  dateline::python::add_pages(chronicle);
  nb::class_<Export>(module, "Export")
      .def_static("open", &open_export, "format"_a, "knowledge"_a, "filter"_a, "background"_a,
                  "tolls"_a)
      .def("bytes", &export_bytes, "chronicle"_a, "write"_a)
      .def("columns", &columns)
      .def("rows", &export_rows, "chronicle"_a, "visit"_a);
}
