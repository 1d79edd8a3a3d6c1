// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Devices that are polled: scan schedule, health, gaps, offsets. */
package io.connectot.core.source.polling;
