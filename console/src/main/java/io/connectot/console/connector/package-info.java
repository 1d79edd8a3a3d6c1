// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** The connectors of the cluster, their topics, and their configuration without secrets. */
package io.connectot.console.connector;
