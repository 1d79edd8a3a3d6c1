// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** A REST extension of a Connect worker that shows the plant behind its connectors. */
package io.connectot.console;
