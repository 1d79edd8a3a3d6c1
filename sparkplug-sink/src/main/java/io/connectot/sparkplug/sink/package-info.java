// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** Commands from Kafka to Sparkplug edge nodes. */
package io.connectot.sparkplug.sink;
