// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/**
 * The source runtime: sessions on one side, {@code poll()} and {@code commitRecord} on the other, a
 * bounded buffer between them.
 */
package io.connectot.core.runtime;
