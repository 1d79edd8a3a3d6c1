// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Devices that send values on their own: one connection an endpoint. */
package io.connectot.core.source.streaming;
