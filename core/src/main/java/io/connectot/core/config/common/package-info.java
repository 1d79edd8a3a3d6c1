// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** The keys that connectors have in common, and the options of their tag lines. */
package io.connectot.core.config.common;
