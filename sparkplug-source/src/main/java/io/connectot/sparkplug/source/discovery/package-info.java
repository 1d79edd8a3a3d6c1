// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** Looks at the groups, edge nodes and births of a broker before there is a connector. */
package io.connectot.sparkplug.source.discovery;
