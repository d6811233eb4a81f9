// SPDX-License-Identifier: Apache-2.0
#include "mcp/bounded.h"

#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace dateline::mcp {

std::string written(const rapidjson::Value& value) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> json(buffer);
  value.Accept(json);
  return {buffer.GetString(), buffer.GetSize()};
}

Result<std::string> bounded(const server::Answer& answer, std::size_t most) {
  if (answer.error) return tl::unexpected(*answer.error);
  rapidjson::Document object;
  object.Parse(answer.body.data(), answer.body.size());
  rapidjson::Value* list = nullptr;
  for (auto& member : object.GetObject()) {
    if (!member.value.IsArray()) continue;
    if (list == nullptr || member.value.Size() > list->Size()) list = &member.value;
  }
  std::string made = written(object);
  if (made.size() <= most) return made;
  constexpr std::size_t kRoomForMore = 16;  // ,"more":true
  std::size_t size = made.size() + kRoomForMore;
  while (size > most && list != nullptr && !list->Empty()) {
    size -= written((*list)[list->Size() - 1]).size() + 1;
    list->PopBack();
  }
  if (size > most) {
    return fail(6006, fmt::format("the answer has more than {} bytes: ask for less", most));
  }
  // Who goes on from `next` would miss what was left out.
  for (const char* name : {"more", "next", "cursor"}) object.RemoveMember(name);
  object.AddMember("more", true, object.GetAllocator());
  return written(object);
}

}  // namespace dateline::mcp
