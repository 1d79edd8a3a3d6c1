// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/**
 * The state of a Sparkplug B host application: births, deaths, order, rebirths, STATE. No threads.
 */
package io.connectot.sparkplug.host;
