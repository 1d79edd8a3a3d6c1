// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/**
 * Typed configuration keys: a {@link io.connectot.core.config.Key} is declared once, {@link
 * io.connectot.core.config.Keys} defines a group of them, and {@link
 * io.connectot.core.config.Configuration} reads them.
 */
package io.connectot.core.config;
