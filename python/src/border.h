// What crosses the border between the engine and Python: bytes, and errors as exceptions.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nanobind/nanobind.h>

#include <string>
#include <utility>

#include "dateline/chronicle.h"
#include "dateline/result.h"

namespace dateline::python {

/// Carries an Error to the module's translator of exceptions; it never leaves the module.
struct Failure {
  Error error;
};

template <typename T>
T value_of(Result<T> result) {
  if (!result) throw Failure{result.error()};
  return std::move(*result);
}

inline nanobind::bytes bytes_of(const std::string& text) {
  return nanobind::bytes(text.data(), text.size());
}

/// Adds what gives a whole store, some at a time.
void add_pages(nanobind::class_<Chronicle>& chronicle);

}  // namespace dateline::python
