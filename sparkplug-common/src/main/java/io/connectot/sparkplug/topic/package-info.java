// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** The topic namespace of Sparkplug B: nodes, devices, message types, groups, STATE. */
package io.connectot.sparkplug.topic;
