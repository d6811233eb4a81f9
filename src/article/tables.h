// The tables of this room, loaded once and shared by all threads.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "article/blocks/markup.h"
#include "article/blocks/words.h"
#include "article/body/model.h"
#include "article/bylines/bylines.h"
#include "article/dates/publication_day.h"
#include "article/dates/written.h"
#include "article/head/statements.h"
#include "article/plain/markers.h"
#include "article/plain/own_head.h"
#include "dateline/result.h"
#include "knowledge/directory.h"

namespace dateline::article {

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

}  // namespace dateline::article
