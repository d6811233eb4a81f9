// What all kernels share; seen once for each instruction set (no include guard of the common kind).
// SPDX-License-Identifier: Apache-2.0
#if defined(DATELINE_LANGUAGE_KERNELS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef DATELINE_LANGUAGE_KERNELS_INL_H
#undef DATELINE_LANGUAGE_KERNELS_INL_H
#else
#define DATELINE_LANGUAGE_KERNELS_INL_H
#endif

#include <hwy/highway.h>

#include <cmath>

HWY_BEFORE_NAMESPACE();
namespace dateline::language::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// a * b + c, rounded once.
template <class V>
HWY_INLINE V fused(V a, V b, V c) {
#if HWY_NATIVE_FMA
  return hn::MulAdd(a, b, c);
#else
  const hn::DFromV<V> d;
  HWY_ALIGN float x[hn::MaxLanes(d)], y[hn::MaxLanes(d)], z[hn::MaxLanes(d)];
  hn::Store(a, d, x);
  hn::Store(b, d, y);
  hn::Store(c, d, z);
  for (std::size_t i = 0; i < hn::Lanes(d); ++i) z[i] = std::fma(x[i], y[i], z[i]);
  return hn::Load(d, z);
#endif
}

}  // namespace dateline::language::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
