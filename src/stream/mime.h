// MIME messages (GMime): the page in an MHTML file, as browsers save one with all that belongs to
// it, and the report in a mail, whose date is its header's. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dateline/stream.h"
#include "stream/http_body.h"

namespace dateline::stream {

/// kMail, kMailbox or kMhtml where a file's first bytes are the header of one. A press release that
/// begins with "From:" and "Date:" is none: mail was on its way, which its header tells.
std::optional<SourceFormat> mail_in(std::string_view bytes);

/// Its first HTML part, with the page's address and the time it was saved.
Result<Page> page_of_mhtml(const std::string& bytes);

/// Its text, or where it has none its page, with subject, date and Message-ID (as a "mid:"
/// address). Attachments are left out, with a warning that names them.
Result<Page> report_of_mail(const std::string& bytes);

/// A day and time as mail and feeds write it ("Tue, 10 Mar 2026 08:00:00 +0200"), in ISO 8601.
std::optional<std::string> mail_date(const std::string& written);

}  // namespace dateline::stream
