// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/**
 * Lines of the configuration, as a driver gets and understands them: devices, tags, options,
 * tables.
 */
package io.connectot.core.spi.line;
