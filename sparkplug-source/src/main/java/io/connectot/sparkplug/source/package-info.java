// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** The configuration of the Sparkplug source. */
package io.connectot.sparkplug.source;
