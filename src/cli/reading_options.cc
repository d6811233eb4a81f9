// SPDX-License-Identifier: Apache-2.0
#include "cli/reading_options.h"

#include <fmt/format.h>

#include "article/dates/iso.h"
#include "cli/choice.h"

namespace dateline::cli {

namespace {

std::string is_day(const std::string& date) {
  return article::read_given_date(date)
             ? std::string()
             : fmt::format("'{}' is no day: give it as 2026-03-09", date);
}

}  // namespace

void declare_manner(CLI::App& command, SourceOptions& source, ReaderOptions& reader) {
  command.add_flag("--verbatim", source.verbatim, "Keep plain text byte for byte as it is given");
  command
      .add_option("--date", source.date, "Publication date of reports that bring none (2026-03-09)")
      ->check(is_day)
      ->option_text("DAY");
  command
      .add_option("--override-date", source.beside.date,
                  "Publication date of all reports, whatever day they bring")
      ->check(is_day)
      ->option_text("DAY");
  command.add_option("--outlet", source.beside.publisher, "Outlet of all reports")
      ->option_text("NAME");
  command.add_option("--url", source.beside.uri, "Address of all reports")->option_text("ADDRESS");
  command.add_option("--licence", source.beside.licence, "Licence of all reports")
      ->option_text("NAME");
  command
      .add_option("--about", source.about,
                  "A CSV file with a row a file: file, outlet, url, date, title, licence")
      ->option_text("FILE");
  command
      .add_option("--pipeline", reader.pipeline,
                  "spaCy pipeline: a directory or a name under models/")
      ->option_text("NAME");
  add_choice(command, "--reading", reader.depth, {{"exact", Depth::kExact}, {"fast", Depth::kFast}},
             "How closely happenings are read: exact (the default) or fast", "DEPTH");
  command
      .add_option("--knowledge", reader.knowledge, "Directory of tables (default: the installed)")
      ->option_text("DIR");
}

void ReadingOptions::declare(CLI::App& command) {
  command.add_option("FILES", files, "Files, directories, or '-' for standard input")
      ->required()
      ->option_text(" ");
  declare_how(command);
}

void ReadingOptions::declare_how(CLI::App& command) {
  add_choice(
      command, "--from", source.format,
      {{"text", SourceFormat::kText},
       {"html", SourceFormat::kHtml},
       {"jsonl", SourceFormat::kJsonLines},
       {"json", SourceFormat::kJson},
       {"csv", SourceFormat::kCsv},
       {"warc", SourceFormat::kWarc},
       {"arc", SourceFormat::kArc},
       {"wacz", SourceFormat::kWacz},
       {"archive", SourceFormat::kArchive},
       {"mhtml", SourceFormat::kMhtml},
       {"mail", SourceFormat::kMail},
       {"mbox", SourceFormat::kMailbox},
       {"feed", SourceFormat::kFeed},
       {"office", SourceFormat::kOffice},
       {"pdf", SourceFormat::kPdf},
       {"subtitles", SourceFormat::kSubtitles}},
      "What the files hold: text, html, jsonl, json, csv, warc, arc, wacz, archive (ZIP, "
      "tar), mhtml, mail, "
      "mbox, feed, office (DOCX, ODT), pdf or subtitles (WebVTT, SubRip; default: by extension, "
      "then by content)",
      "FORMAT");
  add_size(command, "--max-bytes", source.max_bytes,
           "Reject reports that are larger (default: 32MB)");
  add_count(command, "--time-limit", time_limit,
            "Reject reports that take longer to read (default: 300)", "SECONDS", 1'000'000u);
  add_count(command, "--threads", threads,
            "Threads that read (default: the CPUs this process may use)", "N", 1024u);
  declare_manner(command, source, reader);
}

}  // namespace dateline::cli
