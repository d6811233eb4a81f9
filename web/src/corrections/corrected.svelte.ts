// How often something was corrected from this page: what depends on it is to be asked for anew.
// SPDX-License-Identifier: Apache-2.0

export const corrected = $state({ times: 0 });
