// SPDX-License-Identifier: Apache-2.0
// Nothing: CMake wants a file of the target whose headers others read.
