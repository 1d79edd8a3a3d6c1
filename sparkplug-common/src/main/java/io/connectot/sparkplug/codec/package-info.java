// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** Reads and writes the binary form of Sparkplug B payloads. */
package io.connectot.sparkplug.codec;
