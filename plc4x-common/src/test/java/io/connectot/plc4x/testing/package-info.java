// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** Devices for tests: an S7 controller that is not ours, and what goes wrong between it and us. */
package io.connectot.plc4x.testing;
