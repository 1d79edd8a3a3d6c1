// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/**
 * What a protocol module implements; see docs/new-protocol.md. One package, because drivers and
 * session factories are sealed: Java allows that within a package only.
 */
package io.connectot.core.spi;
