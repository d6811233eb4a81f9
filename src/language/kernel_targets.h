// The instruction sets the kernels are made for. Comes before anything of Highway's.
//
// AVX3_DL is AVX-512 with VNNI and must be asked for. Targets without a fused multiply-add would
// round otherwise: the portable code stands in for them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#define HWY_WANT_AVX3_DL
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_SSE4)
