// The reports in a ZIP or tar archive, and in a WACZ file (a ZIP of WARC files), entry by entry, as
// if it were a directory: hidden files are left out, and so are those without a known extension.
// Nothing is ever written to the disk. Archives in it are opened too, but not without end.
//
// Bounded, whatever the archive claims: the entries, how deep archives lie in archives, and how
// much all of it unpacks to for each byte that is stored. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "dateline/stream.h"
#include "stream/bytes.h"
#include "stream/many.h"

namespace dateline::stream {

std::unique_ptr<Many> open_archive(Bytes bytes, ReportPlace place, const SourceOptions& options,
                                   bool is_wacz, unsigned depth);

}  // namespace dateline::stream
