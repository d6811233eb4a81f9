// SPDX-License-Identifier: Apache-2.0
#include "chronicle/likest.h"

#include <map>
#include <string>

namespace dateline::chronicle {

void tell_likest(Database& database, std::int64_t happening, std::vector<Account>& accounts) {
  std::map<std::string, const Account*, std::less<>> by_incident;
  const auto incident_of = [](const Account& account) -> const std::string& {
    return account.told.incident.empty() ? account.told.handle : account.told.incident;
  };
  for (const Account& account : accounts) by_incident[incident_of(account)] = &account;

  struct Likest {
    std::string event;
    double chance = 0;
  };
  std::map<std::string, Likest, std::less<>> likest;
  auto rows = database.select(
      "SELECT 'r' || l.report || '.' || l.incident, 'r' || l.other || '.' || l.other_incident, "
      "l.chance FROM tellings t JOIN likenesses l ON l.report = t.report AND l.incident = "
      "t.incident WHERE t.happening = ? ORDER BY l.chance, l.other DESC, l.other_incident DESC",
      {happening});
  while (rows.next()) {
    const auto other = by_incident.find(rows.text(1));
    if (other == by_incident.end()) continue;
    likest[rows.text(0)] = {other->second->told.handle, rows.real(2).value_or(0)};
  }
  for (Account& account : accounts) {
    const auto found = likest.find(incident_of(account));
    if (found == likest.end()) continue;
    account.likest = found->second.event;
    account.chance = found->second.chance;
  }
}

}  // namespace dateline::chronicle
