// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Connections of a host application to its brokers. */
package io.connectot.sparkplug.source.session;
