// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** What a protocol module implements; see docs/new-protocol.md. */
package io.connectot.core.spi;
