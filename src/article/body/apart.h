// What on a page is apart from its article, whatever the trees make of its words: what is not
// shown, other posts, asides, links, requests. Each block's least score to be body.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "article/blocks/blocks.h"
#include "article/blocks/features.h"

namespace dateline::article {

// Swept on pages whose sites the trees had not seen (training/article/data.md): F1 of the body, the
// mean of scrapinghub, readability and WCXB.
/// A score that outweighs names and links; .7 and .9 lose .001.
constexpr float kSurelyBody = 0.8F;

/// Of each block the score from which on it is body: `cut` for most, kSurelyBody for what is set
/// apart or leads elsewhere, and more than any score has for what never is.
std::vector<float> least_scores(const Page& page, const Blocks& blocks, const Outline& outline,
                                const std::vector<float>& scores, float cut);

}  // namespace dateline::article
