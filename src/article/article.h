// Bytes of one report to its article: text, sections, title, authors, publication date.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "article/blocks/markup.h"
#include "article/blocks/words.h"
#include "article/body/model.h"
#include "article/bylines/bylines.h"
#include "article/dates/written.h"
#include "article/head/head.h"
#include "article/plain/markers.h"
#include "article/plain/own_head.h"
#include "dateline/reader.h"
#include "knowledge/directory.h"

namespace dateline::article {

/// The tables of this room, loaded once and shared by all threads.
struct Tables {
  Markers markers;            ///< What lines of text give away.
  PageMarkers names;          ///< What the names in a page's markup give away.
  PageWords words;            ///< What the words of a page's blocks give away.
  PageStatements statements;  ///< By what names pages state things to machines.
  Bylines bylines;            ///< What stands around the names of authors.
  OutletWords outlets;        ///< What names of outlets end with.
  PageDates dates;            ///< How pages write days.
  DayModel days;              ///< Which of a page's days is that of publication.
  PageModel model;            ///< Which blocks of a page are its body.

  static Result<Tables> load(const knowledge::Directory& knowledge);
};

/// Returns a record with the fields of this room filled: id, source, title, authors, language,
/// published, modified, text, sections, warnings. An error is the reason the report is rejected
/// (too large, not text, no text at all).
Result<Record> read(const Input& input, const Tables& tables, std::size_t max_bytes,
                    bool source_map = false);

}  // namespace dateline::article
